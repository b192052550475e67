import { checkFilter } from '../check-filter.ts';
import { resolveConfiguration, runOptions } from '../configuration.ts';
import { parseOptions } from '../options.ts';
import { proveFamilies } from '../prove/prove-families.ts';

export const summary = {
  en: 'show that every check notices a defective target',
  de: 'zeigt, dass jede Prüfung ein fehlerhaftes Ziel bemerkt',
};

export const help = {
  en: `npx pruefstand prove [--only family,…] [--check id,…] [--provider container|process] [--json]

Runs every check untouched and with each of its counterexamples against the reference deployment;
with --check only those whose id is named or begins so, such as conformance.sync.
Exit code: 0 every counterexample was noticed, 1 at least one was not, 3 the bench broke.`,
  de: `npx pruefstand prove [--only Familie,…] [--check Kennung,…] [--provider container|process] [--json]

Führt jede Prüfung unverändert und mit jedem ihrer Gegenbeispiele gegen die Referenzinstallation aus;
mit --check nur die, deren Kennung so heißt oder beginnt, etwa conformance.sync.
Rückgabewert: 0 jedes Gegenbeispiel wurde bemerkt, 1 mindestens eines nicht, 3 Prüfstand gestört.`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, { ...runOptions, check: { type: 'string' } });
  const configuration = resolveConfiguration(values, process.env, process.cwd());
  const startedAt = Date.now();
  const families = await proveFamilies(configuration, {
    isWanted: checkFilter(values['check']),
    write: (line) => console.error(line),
  });
  const report = {
    durationMs: Date.now() - startedAt,
    families: Object.fromEntries(families.map(({ name, ...counts }) => [name, counts])),
  };
  if (values['json']) console.log(JSON.stringify(report, null, 2));
  else
    for (const {
      name,
      checks,
      counterexamples: { red, total },
    } of families)
      console.log(`${name}: ${checks} Prüfungen, ${red} von ${total} Gegenbeispielen bemerkt`);
  return families.every(({ counterexamples: { red, total } }) => red === total) ? 0 : 1;
}
