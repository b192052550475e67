import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../core/model/usage-error.ts';
import { contentHash } from '../early/content-hash.mjs';
import { isInstalled } from '../lib/folder-install.ts';
import { repositoryRoot, toolsFolder } from '../places.ts';

/** The version of the reference deployment unless a run asks for another. */
export const defaultSynapse = '1.163.2';

export interface SynapseInstallation {
  readonly version: string;
  /** Its own Python: run `python -m synapse.app.homeserver`. */
  readonly python: string;
}

export const synapsePins = (version: string): string => `setup/synapse/requirements-${version}.txt`;

/** A version of Synapse a person asked for: `1.163.2`, `1.164.0rc1`. It becomes part of a path and of a requirement of pip. */
export function synapseVersionFrom(text: string): string {
  if (/^\d+\.\d+\.\d+(rc\d+)?$/.test(text)) return text;
  throw new UsageError({
    en: `--synapse must be a version such as ${defaultSynapse}, got ${text}`,
    de: `--synapse muss eine Version wie ${defaultSynapse} sein, nicht ${text}`,
  });
}

/** False for a version somebody asked for of which no hashes are kept here. */
export const isPinned = (version: string): boolean => existsSync(join(repositoryRoot, synapsePins(version)));

export function synapseFolder(version: string): string {
  const key = isPinned(version) ? contentHash(repositoryRoot, [synapsePins(version)]) : 'unpinned';
  return join(toolsFolder, 'synapse', `${version}-${key}`);
}

/** Undefined unless it is wholly installed and the Python it stands on is still there. */
export function locateSynapse(version: string = defaultSynapse): SynapseInstallation | undefined {
  const folder = synapseFolder(version);
  const python = join(folder, 'bin', 'python');
  return isInstalled(folder) && existsSync(python) ? { version, python } : undefined;
}
