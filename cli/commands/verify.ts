import { noEnd } from '../../reports/texts/journal-problems.ts';
import { verifyRun } from '../../reports/verify-run.ts';
import { visibleText } from '../../reports/visible-text.ts';
import { parseOptions } from '../options.ts';
import { runDirectoryFrom } from '../run-directory.ts';

export const summary = {
  en: 'whether a run’s evidence is unaltered',
  de: 'ob die Nachweise eines Laufs unverändert sind',
};

export const help = {
  en: `npx pruefstand verify <run> [--json]

Recomputes the chain of the journal and the digest of every piece of evidence. A run that broke off does not hold either.
Exit code: 0 holds, 1 does not.`,
  de: `npx pruefstand verify <Lauf> [--json]

Rechnet die Kette des Protokolls und die Prüfsumme jedes Nachweises nach. Auch ein abgebrochener Lauf stimmt nicht.
Rückgabewert: 0 stimmt, 1 stimmt nicht.`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, { runs: { type: 'string' } }, 1);
  const result = verifyRun(runDirectoryFrom(positionals, values));
  if (values['json']) console.log(JSON.stringify(result, null, 2));
  else for (const line of lines(result)) console.log(line);
  return result.ok ? 0 : 1;
}

function lines({ ok, files, entries, problems }: ReturnType<typeof verifyRun>): readonly string[] {
  return [
    `${headOf(ok, problems)}: ${entries} Einträge, ${files} Nachweise, keine Signatur.`,
    ...problems.map((problem) => `  ${visibleText(problem)}`),
  ];
}

function headOf(ok: boolean, problems: readonly string[]): string {
  if (ok) return 'Unverändert';
  return problems.every((problem) => problem === noEnd.de) ? 'Ohne Ende' : 'Nicht unverändert';
}
