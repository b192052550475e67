import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a stub saw of polls. */
export interface StubCounts {
  /** Requests for a synchronisation. */
  readonly received: number;
  readonly answered: number;
  /** The client was gone before the answer. */
  readonly dropped: number;
  readonly sends: number;
  readonly peakKib: number;
  readonly cpuSeconds: number;
}

/** A homeserver of one room that keeps polls open and delivers what is sent; a process of its own on the loopback. */
export interface StubHomeserver extends AsyncDisposable {
  readonly baseUrl: string;
  readonly pid: number;
  counts(): Promise<StubCounts>;
}

const program = fileURLToPath(new URL('stub-homeserver.main.ts', import.meta.url));

export async function startStub(): Promise<StubHomeserver> {
  const child = fork(program, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [port] = await once(child, 'message');
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    counts: async () => {
      child.send('counts');
      const [counts] = await once(child, 'message');
      return counts;
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
