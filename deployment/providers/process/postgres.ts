import { chown, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RigError } from '../../../core/model/rig-error.ts';
import type { Guard } from '../../guard/guard.ts';
import { removeLeftovers } from '../../guard/leftovers.ts';
import { database, initdbArguments, postgresArguments, user } from '../../reference/postgres.ts';
import type { DatabasePlan } from '../../reference/synapse-configuration.ts';
import { scratchPrefix } from '../../scratch.ts';
import { runToEnd } from './commands.ts';
import { startProcess } from './processes.ts';
import { untilReady } from './readiness.ts';
import { temporaryFolderForOthers } from './temporary-folder.ts';
import { unprivilegedUser } from './users.ts';

export interface PostgresOptions {
  readonly bin: string;
  readonly runId: string;
  readonly logFile: string;
  readonly guard: Guard;
  readonly signal?: AbortSignal | undefined;
}

export interface StartedPostgres extends AsyncDisposable {
  readonly plan: Extract<DatabasePlan, { engine: 'postgresql' }>;
}

/** A server of our own that listens on a socket only. It lies outside the run's folder because it must not run as root. */
export async function startPostgres(options: PostgresOptions): Promise<StartedPostgres> {
  await using stack = new AsyncDisposableStack();
  const owner = await unprivilegedUser();
  const directory = await ownFolder(options, owner);
  stack.defer(directory.remove);
  const data = join(directory.path, 'data');
  const initdb = initdbArguments(data);
  await runToEnd(join(options.bin, 'initdb'), initdb, {
    user: owner,
    directory: directory.path,
    signal: options.signal,
  });
  const server = await startProcess(
    {
      name: 'PostgreSQL',
      command: join(options.bin, 'postgres'),
      args: postgresArguments(data, { listen_addresses: '', unix_socket_directories: directory.path }),
      directory: directory.path,
      logFile: options.logFile,
      user: owner,
      stopSignal: 'SIGQUIT',
    },
    options.guard,
  );
  stack.use(server);
  const plan = { engine: 'postgresql', host: directory.path, user, database } as const;
  const connection = ['--host', plan.host, '--username', user];
  const accepts = async () => (await exitCode(join(options.bin, 'pg_isready'), [...connection, '--quiet'])) === 0;
  await untilReady(server, accepts, options.signal);
  await runToEnd(join(options.bin, 'createdb'), [...connection, database], { signal: options.signal });
  const owned = stack.move();
  return { plan, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function ownFolder(options: PostgresOptions, owner: { uid: number; gid: number } | undefined) {
  const parent = owner === undefined ? tmpdir() : await temporaryFolderForOthers();
  const path = await mkdtemp(join(parent, `${scratchPrefix(options.runId)}pg-`));
  const leftover = { kind: 'folder', path } as const;
  options.guard.hold(leftover);
  if (owner !== undefined) await chown(path, owner.uid, owner.gid);
  const remove = async () => {
    await removeLeftovers([leftover]);
    options.guard.release(leftover);
  };
  return { path, remove };
}

async function exitCode(command: string, args: readonly string[]): Promise<number> {
  try {
    await runToEnd(command, args, {});
    return 0;
  } catch (thrown) {
    if (thrown instanceof RigError && thrown.code === 'toolFailed') return 1;
    throw thrown;
  }
}
