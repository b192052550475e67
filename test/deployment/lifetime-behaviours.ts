import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Bench } from '../../core/model/bench.ts';
import { type Text, textIn } from '../../core/model/text.ts';
import { delayUnless } from '../../deployment/wait.ts';
import { type Candidate, deploy } from './deploy.ts';
import { childrenOf, isAlive, isGuard, leftoversOf } from './leftovers.ts';

export function lifetime(candidate: Candidate, bench: () => Bench): void {
  const { docker } = candidate.tools;

  test('a second deployment beside it has addresses and people of its own', { timeout: 120_000 }, async () => {
    await using second = await deploy(candidate);
    expect(second.bench.target.homeserverUrl).not.toBe(bench().target.homeserverUrl);
    const stranger = await second.bench.accounts.login(await second.bench.accounts.lease('alice'), 'elsewhere');
    const url = `${bench().target.homeserverUrl}/_matrix/client/v3/account/whoami`;
    const headers = { authorization: `Bearer ${stranger.accessToken}` };
    expect((await bench().send({ method: 'GET', url, headers })).status).toBe(401);
  });

  test.for(candidate.endings ?? ['SIGKILL'])(
    'nothing is left 10 s after its owner was ended by %s',
    { timeout: 120_000 },
    async (signal) => {
      const owner = await startOwner(candidate);
      const children = childrenOf(owner.pid);
      expect(leftoversOf(owner.runId, docker).length).toBeGreaterThan(2);
      process.kill(owner.pid, signal);
      const isClean = async () => leftoversOf(owner.runId, docker).length === 0 && !children.some(isAlive);
      await delayUnless(isClean, 10_000);
      expect(leftoversOf(owner.runId, docker)).toEqual([]);
      expect(children.filter(isAlive)).toEqual([]);
    },
  );

  test('nothing is left when it is ended in the middle of its start', { timeout: 120_000 }, async () => {
    const stop = new AbortController();
    const lines: string[] = [];
    const progress = (text: Text) => {
      const line = textIn('en', text);
      lines.push(line);
      if (line.startsWith('Starting Synapse')) stop.abort();
    };
    const runId = `stopped${process.pid}${candidate.name.replace(/\W/g, '')}`;
    await expect(deploy(candidate, { runId, progress, signal: stop.signal })).rejects.toMatchObject({
      code: 'interrupted',
    });
    expect(lines.at(-1)).toMatch(/^Starting Synapse/);
    expect(leftoversOf(runId, docker)).toEqual([]);
  });
}

export interface Owner {
  readonly pid: number;
  readonly runId: string;
  /** Processes that watch over it. */
  readonly guards: readonly number[];
}

/** Another process that deploys and then waits to be ended. */
export async function startOwner(candidate: Candidate): Promise<Owner> {
  const script = fileURLToPath(new URL('owner.ts', import.meta.url));
  const { tools, variant } = candidate;
  const plan = JSON.stringify({ provider: candidate.provider.name, tools, variant });
  const child = spawn(process.execPath, [script, plan], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), once(child, 'exit')]);
  const { pid } = child;
  if (typeof line !== 'string' || pid === undefined) throw new Error(`the owner ended early: ${String(line)}`);
  return { pid, runId: line, guards: childrenOf(pid).filter(isGuard) };
}
