import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { remoteProvider } from '../../deployment/providers/remote.ts';
import { deploy } from './deploy.ts';
import { createRoom, enter } from './matrix.ts';
import type { RemoteFixture } from './remote-target.ts';

export interface RemoteOwner {
  readonly runId: string;
  /** Of a person who logged in during the run. */
  readonly sessionToken: string;
  /** Of a person whose token the target file gives and who made a room. */
  readonly roomToken: string;
  /** Resolves when the process is gone, not merely told to go. */
  kill(): Promise<void>;
}

/** Another process that logs in and makes a room on the target, then waits to be killed. */
export async function startRemoteOwner(fixture: RemoteFixture): Promise<RemoteOwner> {
  const script = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [script, JSON.stringify(fixture)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), exit]);
  if (typeof line !== 'string') throw new Error(`the owner ended early: ${String(line)}`);
  return {
    ...JSON.parse(line),
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

async function main(fixture: RemoteFixture): Promise<void> {
  const { runId, bench } = await deploy({ name: 'owner', provider: remoteProvider(fixture), tools: {} });
  const [alice, bob] = [await enter(bench, 'alice'), await enter(bench, 'bob')];
  await createRoom(bob);
  const told = { runId, sessionToken: alice.session.accessToken, roomToken: bob.session.accessToken };
  process.stdout.write(`${JSON.stringify(told)}\n`);
  setInterval(() => {}, 60_000);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(JSON.parse(process.argv[2] ?? '{}'));
