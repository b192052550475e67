import { UsageError } from '../../core/model/usage-error.ts';
import { loadRun } from '../../reports/load-run.ts';
import type { ReportModel } from '../../reports/report-model.ts';
import { reasonText } from '../../reports/texts/reasons.ts';
import { verifyRun } from '../../reports/verify-run.ts';
import { visibleText } from '../../reports/visible-text.ts';
import { choiceOption, parseOptions } from '../options.ts';
import { verdictLines } from '../run/verdict-summary.ts';
import { runDirectoryFrom } from '../run-directory.ts';

export const summary = { en: 'go or no-go for a stage, and why', de: 'Freigabe einer Stufe oder nicht, und warum' };

export const help = {
  en: `npx pruefstand gate <stage> <run> [--json]

Says whether the run carries the stage: every requirement must be met, accepted or not applicable.
Exit code: 0 go, 1 a must violated, 3 a must not assessed, or the run was altered.

Example
  npx pruefstand gate pilot runs/2026-11-23T09-00-00Z-pilot-1a2b3c`,
  de: `npx pruefstand gate <Stufe> <Lauf> [--json]

Sagt, ob der Lauf die Stufe trägt: Jede Anforderung muss erfüllt, akzeptiert oder nicht anwendbar sein.
Rückgabewert: 0 Freigabe, 1 eine Anforderung verletzt, 3 nicht alles bewertet oder der Lauf nicht unversehrt.

Beispiel
  npx pruefstand gate pilot runs/2026-11-23T09-00-00Z-pilot-1a2b3c`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, { runs: { type: 'string' } }, 2);
  const [stageName, ...runs] = positionals;
  const stage = choiceOption('stage', stageName, ['pilot']);
  if (stage === undefined) throw new UsageError('name a stage and a run: npx pruefstand gate pilot <run>');
  const directory = runDirectoryFrom(runs, values);
  const model = loadRun(directory);
  if (model.run.stage !== stage)
    throw new UsageError(`the run was made for stage ${model.run.stage}, not for ${stage}`);
  const blocking = model.verdicts.flatMap(({ requirement, verdict }) =>
    verdict.kind === 'violated' || verdict.kind === 'notAssessed'
      ? [
          {
            requirement: requirement.id,
            verdict: verdict.kind,
            reason: visibleText(verdict.reasons.map(reasonText).join(' ')),
          },
        ]
      : [],
  );
  // A run that is not as it was recorded carries no decision, whatever it says.
  const { ok, problems } = verifyRun(directory, model);
  const decision = ok && model.exitCode === 0 ? 'go' : 'no-go';
  if (values['json']) console.log(JSON.stringify({ stage, decision, problems, blocking }, null, 2));
  else console.log(decisionText(decision, problems, model));
  return ok ? model.exitCode : 3;
}

/** The target chose some of these words; none of them may act on the terminal. */
function decisionText(decision: 'go' | 'no-go', problems: readonly string[], model: ReportModel): string {
  const head = decision === 'go' ? 'Freigabe: Der Lauf trägt die Stufe.' : 'Keine Freigabe.';
  const lines = [head, ...problems.map((problem) => `  Nicht unversehrt: ${problem}`), ...verdictLines(model)];
  return visibleText(lines.join('\n'));
}
