import { openReference } from '../../deployment/open-target.ts';
import { resolveConfiguration, runOptions } from '../configuration.ts';
import { parseOptions } from '../options.ts';
import { deployTarget } from '../run/deploy-target.ts';
import { listenForInterruption } from '../run/interruption.ts';
import { newRunId } from '../run/run-id.ts';
import { tell } from '../run/tell.ts';

export const summary = {
  en: 'start the reference deployment for exploring',
  de: 'startet die Referenzinstallation zum Ausprobieren',
};

export const help = {
  en: `npx pruefstand up [--provider container|process] [--synapse version] [--json]

Starts the reference deployment, prints its addresses and two accounts, and keeps it until Ctrl-C.`,
  de: `npx pruefstand up [--provider container|process] [--synapse Version] [--json]

Startet die Referenzinstallation, nennt ihre Adressen und zwei Konten und hält sie bis Strg-C.`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, runOptions);
  const configuration = resolveConfiguration(values, process.env, process.cwd());
  using interruption = listenForInterruption((line) => console.error(line));
  const { signal } = interruption;
  const runId = newRunId('up', new Date());
  await using deployment = await deployTarget({
    configuration,
    runId,
    runFolder: configuration.runs,
    progress: tell,
    signal,
  });
  const opened = await openReference(deployment);
  console.log(values['json'] ? JSON.stringify(opened.data, null, 2) : opened.text);
  tell({ de: 'Strg-C beendet sie.', en: 'Ctrl-C ends it.' });
  await new Promise<void>((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve()),
  );
  return 0;
}
