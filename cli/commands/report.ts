import { UsageError } from '../../core/model/usage-error.ts';
import { loadRun } from '../../reports/load-run.ts';
import { renderReport } from '../../reports/render-report.ts';
import { visibleText } from '../../reports/visible-text.ts';
import { parseOptions } from '../options.ts';
import { runDirectoryFrom } from '../run-directory.ts';

export const summary = {
  en: 'render a run’s report again, without the target',
  de: 'erzeugt den Bericht eines Laufs neu, ohne das Ziel',
};

export const help = {
  en: `npx pruefstand report <run> [--formats html,json,junit|all] [--json]

Judges the run again from its journal and writes the report into its folder. Works on runs that broke off.
Exit code: 0 rendered, 1 rendered, but the run was altered.

Example
  npx pruefstand report runs/2026-11-23T09-00-00Z-pilot-1a2b3c`,
  de: `npx pruefstand report <Lauf> [--formats html,json,junit|all] [--json]

Urteilt neu aus dem Protokoll des Laufs und schreibt den Bericht in dessen Ordner. Gelingt auch bei abgebrochenen Läufen.
Rückgabewert: 0 erzeugt, 1 erzeugt, aber der Lauf ist nicht unversehrt.

Beispiel
  npx pruefstand report runs/2026-11-23T09-00-00Z-pilot-1a2b3c`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, { formats: { type: 'string' }, runs: { type: 'string' } }, 1);
  const directory = runDirectoryFrom(positionals, values);
  const formats =
    values['formats'] === undefined || values['formats'] === 'all' ? undefined : String(values['formats']).split(',');
  if (formats?.includes('')) throw new UsageError('--formats needs names separated by commas');
  const model = loadRun(directory);
  const files = await renderReport(directory, model, formats);
  console.log(values['json'] ? JSON.stringify({ directory, files }, null, 2) : files.join('\n'));
  for (const problem of model.journal.problems) console.error(visibleText(`Nicht unversehrt: ${problem}`));
  return model.journal.problems.length === 0 ? 0 : 1;
}
