import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { discoverChecks } from '../cli/discover.ts';
import { asAnyFamily } from '../cli/families.ts';
import { createAbort } from '../cli/run/create-abort.ts';
import { conformanceFamily } from '../conformance/family.ts';
import type { Bench } from '../core/model/bench.ts';
import type { Outcome } from '../core/model/outcome.ts';
import { RigError } from '../core/model/rig-error.ts';
import { inParallel } from '../core/run/in-parallel.ts';
import { runCheck } from '../core/run/run-checks.ts';
import { systemClock } from '../core/system-clock.ts';
import { exampleTarget } from '../core/testing/examples.ts';
import { createHttpSend } from '../deployment/http/send.ts';

const family = asAnyFamily(conformanceFamily);
const withoutAccounts = (await discoverChecks(family)).filter(({ meta }) => meta.needs.length === 0);
const json = { 'content-type': 'application/json' };

/** A homeserver that answers everything, even the specification's own endpoints, in one bad way. */
const badAnswers: Readonly<Record<string, (response: ServerResponse, path: string) => void>> = {
  'a page for people': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'),
  'a page that claims to be JSON': (response) => response.writeHead(200, json).end('<h1>Welcome</h1>'),
  'half a body': (response) => {
    response.writeHead(200, { ...json, 'content-length': '4096' }).write('{"versions":["v1.1"');
    setTimeout(() => response.destroy(), 10);
  },
  'half a JSON text': (response) => response.writeHead(200, json).end('{"versions":["v1.1"'),
  '2 GiB': (response) => endless(response, 2 * 1024 ** 3),
  'JSON nested 100 000 deep': (response) =>
    response.writeHead(200, json).end(`${'{"versions":['.repeat(50_000)}${']}'.repeat(50_000)}`),
  'a redirect to itself': (response, path) => response.writeHead(302, { location: path }).end(),
  'Latin-1': (response) => response.writeHead(200, json).end(Buffer.from('{"versions":["v1.1"],"ä":"ß"}', 'latin1')),
  'UTF-16': (response) => response.writeHead(200, json).end(Buffer.from('{"versions":["v1.1"]}', 'utf16le')),
  'compressed without being asked': (response) =>
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync('{"versions":["v1.1"]}')),
  'an empty body': (response) => response.writeHead(200, json).end(),
  'nothing at all': () => {},
  'a closed connection': (response) => response.destroy(),
};

function endless(response: ServerResponse, bytes: number): void {
  response.writeHead(200, { ...json, 'content-length': String(bytes) });
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  let left = bytes;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) return;
    }
    response.end();
  };
  response.on('drain', more);
  more();
}

async function benchAt(answer: (response: ServerResponse, path: string) => void): Promise<Bench> {
  const server = createServer((request, response) => answer(response, request.url ?? '/')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const homeserverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send = createHttpSend({ allowedOrigins: [homeserverUrl], timeoutMs: 1_000 });
  onTestFinished(async () => {
    await send[Symbol.asyncDispose]();
    server.closeAllConnections();
    server.close();
  });
  const none = () => Promise.reject(new RigError('accessMissing', 'no accounts here'));
  const accounts = { lease: none, leaseMany: none, login: none, session: none, release: async () => {}, created: [] };
  return { target: { ...exampleTarget, homeserverUrl }, send, accounts, tools: {}, scratchDirectory: '/nonexistent' };
}

describe.each(Object.entries(badAnswers))('a homeserver that answers %s', (_name, answer) => {
  test('is found out by every check, which names the request, and every check comes to its end', async () => {
    await using runtime = await family.open(await benchAt(answer));
    const { signal } = new AbortController();
    const outcomes = new Map<string, Outcome>();
    await inParallel(withoutAccounts, family.concurrency, async ({ check, meta }) => {
      const { outcome } = await runCheck({ runtime, check, seed: 'bad', clock: systemClock, signal, createAbort });
      outcomes.set(meta.id, outcome);
    });
    const unnamed = [...outcomes].filter(([, outcome]) => !namesRequest(outcome));
    expect(unnamed).toEqual([]);
    expect(outcomes.size).toBe(withoutAccounts.length);
    expect(outcomes.size).toBeGreaterThan(5);
  });
});

const namesPath = (text: string): boolean => /\/[a-z_.]+/.test(text);

/** Whether nobody can take it for a pass, and a reader learns where it happened. */
function namesRequest(outcome: Outcome): boolean {
  if (outcome.kind === 'failed')
    return outcome.findings.every(({ request, where }) => (request ?? where).includes('/'));
  if (outcome.kind === 'rigFault') return outcome.code !== 'defect' && namesPath(outcome.message);
  return outcome.kind === 'inconclusive' && namesPath(outcome.reason);
}

test('2 GiB are not held in memory', async () => {
  const bench = await benchAt(badAnswers['2 GiB'] ?? expect.fail());
  const before = process.memoryUsage().rss;
  const read = bench.send({ method: 'GET', url: `${bench.target.homeserverUrl}/`, timeoutMs: 60_000 });
  await expect(read).rejects.toMatchObject({ code: 'answerUnreadable' });
  expect(process.memoryUsage().rss - before).toBeLessThan(600 * 1024 * 1024);
});
