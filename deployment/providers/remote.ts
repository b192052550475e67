import type { Session } from '../../core/model/bench.ts';
import { firstLineOf, RigError } from '../../core/model/rig-error.ts';
import { textIn } from '../../core/model/text.ts';
import { loginLimited } from '../accounts/login-limited.ts';
import { startGuard } from '../guard/guard.ts';
import { openLedger } from '../ledger.ts';
import type { Deployment, DeploymentProvider, DeployOptions } from '../provider.ts';
import { benchTools } from '../tools.ts';
import { type CleanOptions, removeCreations } from './remote/clean.ts';
import { openConnection } from './remote/connection.ts';
import { createPool } from './remote/pool.ts';
import { probe } from './remote/probe.ts';
import { readTarget } from './remote/read-target.ts';
import { remoteTarget } from './remote/target.ts';

export interface RemoteOptions {
  /** Path of the target file. */
  readonly targetFile: string;
  /** Folder of the run: what it makes on the target is written down there. */
  readonly runFolder: string;
}

/** A deployment that is already running. Disposing logs out the sessions and leaves the rooms this run made. */
export function remoteProvider(remote: RemoteOptions): DeploymentProvider {
  return { name: 'remote', deploy: (options) => connect(remote, options) };
}

async function connect({ targetFile, runFolder }: RemoteOptions, options: DeployOptions): Promise<Deployment> {
  const { scratchDirectory, runId, tools, progress } = options;
  await using stack = new AsyncDisposableStack();
  const guard = stack.use(await startGuard(scratchDirectory, runId));
  guard.hold({ kind: 'folder', path: scratchDirectory });
  const source = readTarget(targetFile, new Date());
  const ledger = openLedger(runFolder);
  const connection = stack.use(openConnection(source, ledger));
  const target = remoteTarget(source, tools, await probe(connection.send, source));
  const sessions = new Map<string, Session>();
  const onLimited = (waitMs: number) => progress(loginLimited(waitMs));
  const accounts = createPool({ source, connection, ledger, sessions, onLimited, progress });
  stack.defer(() => cleanAtEnd({ source, connection, ledger, sessions, progress }));
  const { name } = source.file;
  const url = target.homeserverUrl;
  progress({ de: `${name} antwortet unter ${url}.`, en: `${name} answers at ${url}.` });
  const owned = stack.move();
  return {
    bench: { target, send: connection.send, accounts, tools: benchTools(tools), scratchDirectory },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The run is over and its results count, whether or not the target still lets us tidy up. */
async function cleanAtEnd(options: CleanOptions): Promise<void> {
  try {
    await removeCreations(options);
  } catch (thrown) {
    if (!(thrown instanceof RigError)) throw thrown;
    options.progress({
      de: `${firstLineOf(textIn('de', thrown.text))} Was dieser Lauf dort angelegt hat, bleibt; später entfernen mit: npx pruefstand cleanup`,
      en: `${firstLineOf(thrown)} What this run made there stays; remove it later with: npx pruefstand cleanup`,
    });
  }
}
