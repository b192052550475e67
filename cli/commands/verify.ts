import { verifyRun } from '../../reports/verify-run.ts';
import { parseOptions } from '../options.ts';
import { runDirectoryFrom } from '../run-directory.ts';

export const summary = {
  en: 'whether a run’s evidence is unaltered',
  de: 'ob die Nachweise eines Laufs unverändert sind',
};

export const help = {
  en: `npx pruefstand verify <run> [--json]

Recomputes the chain of the journal and the digest of every piece of evidence. Exit code: 0 holds, 1 does not.`,
  de: `npx pruefstand verify <Lauf> [--json]

Rechnet die Kette des Protokolls und die Prüfsumme jedes Nachweises nach. Rückgabewert: 0 stimmt, 1 stimmt nicht.`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, { runs: { type: 'string' } }, 1);
  const result = verifyRun(runDirectoryFrom(positionals, values));
  if (values['json']) console.log(JSON.stringify(result, null, 2));
  else for (const line of lines(result)) console.log(line);
  return result.ok ? 0 : 1;
}

function lines({ ok, files, entries, problems }: ReturnType<typeof verifyRun>): readonly string[] {
  const head = ok ? 'Unverändert' : 'Nicht unverändert';
  return [
    `${head}: ${entries} Einträge, ${files} Nachweise, keine Signatur.`,
    ...problems.map((problem) => `  ${problem}`),
  ];
}
