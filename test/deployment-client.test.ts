import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inParallel } from '../core/run/in-parallel.ts';
import type { Deployment } from '../deployment/provider.ts';
import { addressTable } from '../deployment/providers/container/settled-network.ts';
import { containerProvider } from '../deployment/providers/container.ts';
import { processProvider } from '../deployment/providers/process.ts';
import { createElementDriver } from '../e2e/clients/element-driver.ts';
import { locateTools } from '../setup/locate.ts';
import { deploy } from './deployment/deploy.ts';
import { answeringEngine, requireParts, toolsHere } from './deployment/tools.ts';

const tools = toolsHere();
const { docker, redis: _, ...processTools } = tools;
const { chromium: browserPath } = locateTools();
const { synapsePython: synapse, nginx, elementShellDist } = tools;
const client = { 'Element shell': elementShellDist, chromium: browserPath };

const candidates = [
  {
    name: 'processes',
    provider: processProvider,
    tools: processTools,
    missing: requireParts({ synapse, nginx, ...client }),
  },
  {
    name: 'containers',
    provider: containerProvider,
    tools,
    missing: requireParts({ ...(await answeringEngine(docker)), ...client }),
  },
];

describe.each(candidates)('the web client at the edge made of $name', (candidate) => {
  describe.skipIf(candidate.missing !== undefined)(candidate.missing ?? 'here', () => {
    let deployment: Deployment;
    beforeAll(async () => {
      deployment = await deploy(candidate);
    }, 120_000);
    afterAll(() => deployment?.[Symbol.asyncDispose](), 60_000);

    test('the network of the machine has come to rest, since browsers drop connections while addresses change', async () => {
      const atFirst = await addressTable();
      await pause(2_500);
      expect(await addressTable()).toBe(atFirst);
    });

    test('every file of its folder and of the folders in it is served', async () => {
      const folder = String(elementShellDist);
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
      const { send, target } = deployment.bench;
      const lacking: string[] = [];
      await inParallel(files, 8, async (file) => {
        const path = file.split('/').map(encodeURIComponent).join('/');
        const { status, bytes } = await send({ method: 'GET', url: `${target.clientUrl}/${path}` });
        const isOurs = file === 'config.json' || bytes.length === statSync(join(folder, file)).size;
        if (status !== 200 || !isOurs) lacking.push(`${file}: ${status}`);
      });
      expect(files.some((file) => file.includes('/'))).toBe(true);
      expect(lacking).toEqual([]);
    });

    test('its configuration names our homeserver and no other host', async () => {
      const { clientUrl, homeserverUrl } = deployment.bench.target;
      for (const path of ['/config.json', '/config.localhost.json']) {
        const answer = await deployment.bench.send({ method: 'GET', url: `${clientUrl}${path}` });
        expect(JSON.parse(answer.text()).default_server_config['m.homeserver'].base_url).toBe(homeserverUrl);
        const hosts = [...answer.text().matchAll(/https?:\/\/([^/"]+)/g)].map(([, host]) => host);
        expect(new Set(hosts)).toEqual(new Set([new URL(String(homeserverUrl)).host, new URL(String(clientUrl)).host]));
      }
    });

    test('a file that is not there is not answered with the client', async () => {
      const answer = await deployment.bench.send({
        method: 'GET',
        url: `${deployment.bench.target.clientUrl}/nothing`,
      });
      expect(answer.status).toBe(404);
    });

    test('a person logs in under the content security policy, and nobody else is contacted', {
      timeout: 120_000,
    }, async () => {
      const { target, accounts } = deployment.bench;
      const person = await accounts.lease('alice', 'ordinary');
      await using browser = await chromium.launch({ executablePath: String(browserPath), args: ['--no-sandbox'] });
      const page = await browser.newPage({ ignoreHTTPSErrors: true, locale: 'de-DE' });
      const hosts = new Set<string>();
      const violations: string[] = [];
      page.on('request', (request) => {
        if (request.url().startsWith('http')) hosts.add(new URL(request.url()).host);
      });
      page.on('console', (message) => {
        if (/content security policy/i.test(message.text())) violations.push(message.text());
      });
      const client = createElementDriver(String(target.clientUrl));
      await client.openLogin(page);
      await client.logIn(page, {
        userId: person.userId,
        password: String(person.password),
        passphrase: 'Nordlicht-über-7-Seen',
      });
      expect(violations).toEqual([]);
      const own = [target.homeserverUrl, String(target.clientUrl)];
      expect(hosts).toEqual(new Set(own.map((url) => new URL(url).host)));
    });
  });
});
