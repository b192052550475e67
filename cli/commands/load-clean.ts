import { rmSync } from 'node:fs';
import { UsageError } from '../../core/model/usage-error.ts';
import { removePrepared } from '../../load/generator/provisioning/clean-up.ts';
import { loginWays } from '../../load/generator/provisioning/login-way.ts';
import { readProvisioningJournal } from '../../load/generator/provisioning/provisioning-journal.ts';
import { resolveConfiguration, runOptions } from '../configuration.ts';
import { parseOptions } from '../options.ts';
import { deployTarget } from '../run/deploy-target.ts';
import { listenForInterruption } from '../run/interruption.ts';
import { newRunId } from '../run/run-id.ts';
import { tell } from '../run/tell.ts';

export const summary = {
  en: 'remove the people and rooms a load run made on a target',
  de: 'entfernt Personen und Räume, die ein Lasttest auf einem Ziel angelegt hat',
};

export const help = {
  en: `npx pruefstand load clean <file> --target file [--json]

Deactivates the accounts that load run --login admin-token made on a target, has their rooms removed and deletes the file
in which they were written down. Ends with 3 when the target refuses; the file then stays for another try.

Example
  npx pruefstand load clean people.ndjson --target target.json`,
  de: `npx pruefstand load clean <Datei> --target Datei [--json]

Legt die Konten still, die load run --login admin-token auf einem Ziel angelegt hat, lässt ihre Räume löschen und entfernt
die Datei, in der sie standen. Endet mit 3, wenn das Ziel ablehnt; die Datei bleibt dann für einen weiteren Versuch.

Beispiel
  npx pruefstand load clean people.ndjson --target ziel.json`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, { target: runOptions.target }, 1);
  const configuration = resolveConfiguration(values, process.env, process.cwd());
  const [file] = positionals;
  if (file === undefined || configuration.target === undefined) {
    throw new UsageError({
      en: `load clean needs ${file === undefined ? 'the file of prepared people' : '--target'}; --help shows an example`,
      de: `load clean braucht ${file === undefined ? 'die Datei der vorbereiteten Personen' : '--target'}; --help zeigt ein Beispiel`,
    });
  }
  const { head, prepared } = readProvisioningJournal(file);
  using interruption = listenForInterruption((line) => console.error(line));
  const runId = newRunId('load-clean', new Date());
  const where = { configuration, runId, runFolder: configuration.runs, progress: tell, signal: interruption.signal };
  await using deployment = await deployTarget(where);
  const { bench } = deployment;
  refuseOther(file, head.homeserverUrl, bench.target.homeserverUrl);
  const gap = loginWays['admin-token'].gap(bench, prepared.accounts.size);
  if (gap !== undefined) throw new UsageError(gap);
  await removePrepared(bench, prepared, tell);
  rmSync(file);
  const removed = { accounts: prepared.accounts.size, rooms: prepared.rooms.size };
  if (values['json']) console.log(JSON.stringify(removed, null, 2));
  return 0;
}

function refuseOther(file: string, of: string, target: string): void {
  if (of === target) return;
  throw new UsageError({
    en: `${file} is about ${of}, the target file about ${target}; name the other target file`,
    de: `${file} gehört zu ${of}, die Zieldatei zu ${target}; die andere Zieldatei angeben`,
  });
}
