import { describe, expect, onTestFinished, test } from 'vitest';
import { type Text, textIn } from '../core/model/text.ts';
import { chooseProvider } from '../deployment/choose-provider.ts';
import { openReference } from '../deployment/open-target.ts';
import type { ToolPaths } from '../deployment/provider.ts';
import { processProvider } from '../deployment/providers/process.ts';
import { deploy } from './deployment/deploy.ts';
import { enter } from './deployment/matrix.ts';
import { answeringEngine, requireParts, toolsHere } from './deployment/tools.ts';

const tools = toolsHere();

async function choose(offered: ToolPaths, wanted?: 'container' | 'process') {
  const told: string[] = [];
  const progress = (text: Text) => void told.push(textIn('en', text));
  const provider = await chooseProvider({ tools: offered, progress, ...(wanted === undefined ? {} : { wanted }) });
  return { name: provider.name, told };
}

test('without a container engine the deployment runs as processes, and it is told why', async () => {
  expect(await choose({})).toEqual({
    name: 'process',
    told: ['No container engine is installed; the reference deployment runs as processes.'],
  });
});

test('who asks for a provider gets it without questions', async () => {
  expect(await choose({}, 'container')).toEqual({ name: 'container', told: [] });
  expect(await choose(tools, 'process')).toEqual({ name: 'process', told: [] });
});

const noEngine = requireParts({ docker: tools.docker });

test.skipIf(noEngine !== undefined)(`an engine that does not answer is none ${noEngine ?? ''}`, async () => {
  const before = process.env['DOCKER_HOST'];
  process.env['DOCKER_HOST'] = 'unix:///nowhere/docker.sock';
  onTestFinished(() => {
    if (before === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = before;
  });
  const { name, told } = await choose(tools);
  expect([name, told[0]]).toEqual(['process', expect.stringMatching(/^No container engine answers/)]);
});

const noImages = requireParts(await answeringEngine(tools.docker));

test.skipIf(noImages !== undefined)(`with engine and images containers are the choice ${noImages ?? ''}`, async () => {
  expect(await choose(tools)).toEqual({ name: 'container', told: [] });
});

const noSynapse = requireParts({ synapse: tools.synapsePython });

describe.skipIf(noSynapse !== undefined)(`a machine with Synapse and nothing else ${noSynapse ?? ''}`, () => {
  const { synapsePython = '' } = tools;

  test('runs it without an edge, and says what that costs', { timeout: 60_000 }, async () => {
    const told: string[] = [];
    const candidate = { name: 'bare', provider: processProvider, tools: { synapsePython } };
    await using deployment = await deploy(candidate, { progress: (text) => void told.push(textIn('en', text)) });
    const { target } = deployment.bench;
    expect(told.join('\n')).toMatch(/nginx is not installed: no TLS/);
    expect(told.join('\n')).toMatch(/PostgreSQL is not installed/);
    expect(target.capabilities).not.toContain('tls');
    expect(target.homeserverUrl).toMatch(/^http:\/\/localhost:\d+$/);
    const absent = target.absentComponents.map(({ component }) => component);
    expect(absent).toEqual(expect.arrayContaining(['Netzkante (nginx)', 'PostgreSQL', 'Worker und Redis']));
    const alice = await enter(deployment.bench, 'alice', 'ordinary');
    expect((await alice.request('GET', '/account/whoami')).status).toBe(200);
  });

  test('offers addresses and two accounts for exploring', { timeout: 60_000 }, async () => {
    const candidate = { name: 'bare', provider: processProvider, tools: { synapsePython } };
    await using deployment = await deploy(candidate);
    const { data, text } = await openReference(deployment);
    expect(data.accounts).toHaveLength(2);
    for (const { userId, password } of data.accounts) expect(text).toContain(`${userId}  ${password}`);
    expect(text).toContain(data.homeserverUrl);
  });
});
