import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../core/model/usage-error.ts';
import { type LoginWayName, loginWays } from '../../load/generator/provisioning/login-way.ts';
import type { Configuration } from '../configuration.ts';
import { choiceOption, type ParsedOptions } from '../options.ts';
import { tell } from '../run/tell.ts';

export interface PeopleFile {
  readonly login?: LoginWayName;
  readonly journalFile?: string;
  readonly isKept?: boolean;
}

/**
 * How people log in, and where accounts made at a running target are written down: in the file that is to be kept, else
 * beside the runs until they are removed. Throws UsageError when nothing could be kept.
 */
export function peopleFile(
  values: ParsedOptions['values'],
  { target, runs }: Pick<Configuration, 'target' | 'runs'>,
  runId: string,
): PeopleFile {
  const login = choiceOption('login', values['login'], Object.keys(loginWays) as LoginWayName[]);
  const makesAccounts = login === 'admin-token' && target !== undefined;
  const { keep } = values;
  if (typeof keep === 'string' && !makesAccounts) {
    throw new UsageError({
      en: '--keep needs --target and --login admin-token: everything else is gone after the run',
      de: '--keep braucht --target und --login admin-token: Alles andere gibt es nach dem Lauf nicht mehr',
    });
  }
  if (login === undefined || !makesAccounts) return login === undefined ? {} : { login };
  const journalFile = typeof keep === 'string' ? keep : join(runs, `${runId}-people.ndjson`);
  mkdirSync(runs, { recursive: true });
  tell(noteOn(journalFile, target));
  return { login, journalFile, isKept: typeof keep === 'string' };
}

const noteOn = (file: string, target: string) => ({
  en: `What is made on the target is written to ${file}; remove it with: npx pruefstand load clean ${file} --target ${target}`,
  de: `Was auf dem Ziel angelegt wird, steht in ${file}; entfernen mit: npx pruefstand load clean ${file} --target ${target}`,
});
