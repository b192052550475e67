import { join } from 'node:path';
import { RigError } from '../../../core/model/rig-error.ts';
import type { Part } from './part.ts';
import { startProcess } from './processes.ts';
import { untilReady } from './readiness.ts';
import { acceptsConnections } from './sockets.ts';

export interface StartedRedis extends AsyncDisposable {
  /** Absent in the standard variant, which needs none. */
  readonly socket?: string;
}

/** The message bus between workers, on a socket only and keeping nothing. */
export async function startRedis({ directory, guard, options, addresses }: Part): Promise<StartedRedis> {
  if (addresses.inner.workers === undefined) return { [Symbol.asyncDispose]: async () => {} };
  const { redis } = options.tools;
  if (redis === undefined) throw redisMissing();
  await using stack = new AsyncDisposableStack();
  const socket = join(directory, 'redis.sock');
  const args = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', directory];
  const logFile = join(directory, 'redis.log');
  const server = stack.use(await startProcess({ name: 'Redis', command: redis, args, directory, logFile }, guard));
  await untilReady(server, () => acceptsConnections(socket), options.signal);
  const owned = stack.move();
  return { socket, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const redisMissing = (): RigError =>
  new RigError('toolMissing', {
    de: 'Die Ausprägung „workers“ braucht Redis; installieren mit: apt-get install redis-server',
    en: 'The variant "workers" needs Redis; install it with: apt-get install redis-server',
  });
