import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { RigError } from '../../core/model/rig-error.ts';
import { type Leftover, startOfProcess } from './leftovers.ts';

/** Promises that nothing held outlives this process. Disposing waits until all that is still held is gone. */
export interface Guard extends AsyncDisposable {
  hold(leftover: Leftover): void;
  /** To be called when the thing is gone. */
  release(leftover: Leftover): void;
}

/** Also written down in the scratch folder, for `pruefstand cleanup` after the guard itself was killed. */
export const leftoversFile = 'leftovers.ndjson';

export async function startGuard(scratchDirectory: string, runId: string): Promise<Guard> {
  const script = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'pipe', 'ignore'], cwd: '/' });
  child.unref();
  await readiness(child);
  const owner = { pid: process.pid, startedAt: await startOfProcess(process.pid) };
  let ended = false;
  child.stdin.on('error', () => {
    ended = true;
  });
  const tell = (verb: 'hold' | 'release', leftover: Leftover) => {
    const line = `${JSON.stringify({ runId, owner, verb, leftover })}\n`;
    if (verb === 'hold') appendFileSync(join(scratchDirectory, leftoversFile), line);
    if (!ended) child.stdin.write(line);
  };
  return {
    hold: (leftover) => tell('hold', leftover),
    release: (leftover) => tell('release', leftover),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.ref();
      child.stdin.end();
      await exit;
    },
  };
}

async function readiness(child: ChildProcessByStdio<Writable, Readable, null>): Promise<void> {
  const failed = once(child, 'exit').then(() => false);
  const ready = once(child.stdout, 'data').then(() => true);
  if (await Promise.race([ready, failed])) return;
  throw new RigError('defect', {
    de: `Der Aufräumer (${process.execPath}) ließ sich nicht starten; ohne ihn wird nichts begonnen.`,
    en: `The clean-up guard (${process.execPath}) could not be started; nothing is begun without it.`,
  });
}
