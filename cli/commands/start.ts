import { resolveConfiguration, runOptions } from '../configuration.ts';
import { parseOptions } from '../options.ts';
import { runAndReport } from '../run/run-and-report.ts';
import { verdictSummary } from '../run/verdict-summary.ts';

export const summary = {
  en: 'what npm start does: the pilot campaign against the reference deployment',
  de: 'was npm start tut: der Pilotlauf gegen die Referenzinstallation',
};

export const help = {
  en: `npm start   (or npx pruefstand start)

Runs the acceptance campaign for the stage pilot against the embedded reference deployment, like
  npx pruefstand run --stage pilot
but exits 0 when the bench worked, whatever the verdict, and 3 when it did not.`,
  de: `npm start   (oder npx pruefstand start)

Führt den Abnahmelauf der Stufe pilot gegen die eingebaute Referenzinstallation aus, wie
  npx pruefstand run --stage pilot
endet aber mit 0, wenn der Prüfstand gearbeitet hat, gleich wie das Urteil lautet, und sonst mit 3.`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, runOptions);
  const configuration = resolveConfiguration(values, process.env, process.cwd());
  const finished = await runAndReport(configuration, (line) => console.error(line));
  console.log(verdictSummary(finished));
  const { finished: end, outcomeCounts } = finished.model;
  const worked = end !== undefined && !end.interrupted && outcomeCounts.rigFault === 0;
  return worked ? 0 : 3;
}
