import { basename } from 'node:path';
import { cleanUpRun } from '../../deployment/cleanup.ts';
import { parseOptions } from '../options.ts';
import { tell } from '../run/tell.ts';
import { runDirectoryFrom } from '../run-directory.ts';

export const summary = { en: 'remove what a killed run left', de: 'entfernt, was ein abgebrochener Lauf zurückließ' };

export const help = {
  en: `npx pruefstand cleanup <run> [--target file] [--json]

Removes containers, processes and folders a killed run left on this machine and, with the run's target file,
the sessions and rooms it created there.`,
  de: `npx pruefstand cleanup <Lauf> [--target Datei] [--json]

Entfernt Container, Prozesse und Ordner, die ein abgebrochener Lauf auf diesem Rechner zurückließ, und mit der Zieldatei
des Laufs auch die Sitzungen und Räume, die er dort angelegt hat.`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, { target: { type: 'string' }, runs: { type: 'string' } }, 1);
  const directory = runDirectoryFrom(positionals, values);
  const target = values['target'];
  const removed = await cleanUpRun({
    runId: basename(directory),
    runFolder: directory,
    progress: tell,
    ...(typeof target === 'string' && { targetFile: target }),
  });
  if (values['json']) console.log(JSON.stringify({ removed }, null, 2));
  else console.log(removed.length > 0 ? removed.join('\n') : 'Es war nichts aufzuräumen.');
  return 0;
}
