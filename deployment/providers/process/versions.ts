import { join } from 'node:path';
import { RigError } from '../../../core/model/rig-error.ts';
import { type DeployOptions, referenceSynapseVersion } from '../../provider.ts';
import { runToEnd } from './commands.ts';

/** The Python that holds the asked version of Synapse. */
export async function requireSynapse({
  tools,
  synapseVersion,
}: DeployOptions): Promise<{ python: string; version: string }> {
  const wanted = synapseVersion ?? referenceSynapseVersion;
  const { synapsePython: python } = tools;
  if (python === undefined) throw missing(wanted);
  const version = (await runToEnd(python, ['-c', printVersion], {})).trim();
  if (version !== wanted) throw missing(wanted, `${python} → ${version}`);
  return { python, version };
}

const printVersion = 'from importlib.metadata import version; print(version("matrix-synapse"))';

function missing(version: string, found = ''): RigError {
  const command = `node setup/first.mjs${version === referenceSynapseVersion ? '' : ` --synapse ${version}`}`;
  const detail = found === '' ? '' : ` (${found})`;
  return new RigError('toolMissing', {
    de: `Synapse ${version} ist nicht eingerichtet${detail}; einrichten mit: ${command}`,
    en: `Synapse ${version} is not set up${detail}; set it up with: ${command}`,
  });
}

/** Versions of everything that takes part, for the report. */
export async function versionsOf({ tools }: DeployOptions, synapse: string): Promise<Record<string, string>> {
  const commands: Record<string, readonly [string | undefined, readonly string[]]> = {
    postgresql: [tools.postgresBin && join(tools.postgresBin, 'postgres'), ['--version']],
    redis: [tools.redis, ['--version']],
    nginx: [tools.nginx, ['-v']],
  };
  const found = await Promise.all(
    Object.entries(commands).map(async ([name, [command, args]]) =>
      command === undefined ? [] : [[name, versionIn(await runToEnd(command, args, { withErrors: true }))] as const],
    ),
  );
  return { synapse, ...Object.fromEntries(found.flat()) };
}

const versionIn = (text: string): string => /\d+(\.\d+)+/.exec(text)?.[0] ?? 'unknown';
