import type { Finding } from '../../core/model/finding.ts';
import type { ActionLevel, JudgedLatency } from '../scenarios/service-levels.ts';
import { actionTexts } from './action-texts.ts';
import type { LoadRun } from './load-run.ts';
import { samplesFor } from './percentile-samples.ts';

type Judged = LoadRun & { readonly scenario: Pick<LoadRun['scenario'], 'levels'> };

/** Actions that took longer than agreed; with too few samples a percentile accuses nobody. */
export function actionFindings(run: Judged): Finding[] {
  return levelsOf(run).flatMap(([name, level]) => {
    const histogram = run.tally.histograms[name];
    const ms = histogram.getValueAtPercentile(level.percentile);
    if (histogram.totalCount < samplesNeeded(run, name, level) || ms <= level.ms) return [];
    const share = `${actionTexts[name]} dauert in ${level.percentile} von 100 Fällen höchstens`;
    return [
      {
        code: `${kebabFrom(name)}-slow`,
        title: `${actionTexts[name]} dauert zu lange`,
        expected: `${share} ${level.ms} ms.`,
        observed: `${share} ${ms} ms (${histogram.totalCount} Messwerte).`,
        where: name,
      },
    ];
  });
}

/** German sentence on the first action that was seen too seldom for a verdict. */
export function missingActions(run: Judged): string | undefined {
  const missing = levelsOf(run).find(
    ([name, level]) => run.tally.histograms[name].totalCount < samplesNeeded(run, name, level),
  );
  if (missing === undefined) return undefined;
  const [name, level] = missing;
  const needed = samplesNeeded(run, name, level);
  return `Zu wenige Messwerte für ein Urteil: ${actionTexts[name]} wurde ${run.tally.histograms[name].totalCount}-mal gemessen, nötig ist ${needed}-mal.`;
}

/** `; Das Öffnen eines Raums P95 80 ms (120 Messwerte)` for each action with a level. */
export function observedActions(run: Judged): string {
  return levelsOf(run)
    .map(([name, { percentile }]) => {
      const histogram = run.tally.histograms[name];
      const ms = histogram.getValueAtPercentile(percentile);
      return `; ${actionTexts[name]} P${percentile} ${ms} ms (${histogram.totalCount} Messwerte)`;
    })
    .join('');
}

function levelsOf({ scenario }: Judged): [JudgedLatency, ActionLevel][] {
  return Object.entries(scenario.levels.actions ?? {}) as [JudgedLatency, ActionLevel][];
}

function samplesNeeded({ scale }: Judged, name: JudgedLatency, { percentile }: ActionLevel): number {
  return scale.minimumActions?.[name] ?? samplesFor(percentile);
}

const kebabFrom = (name: string): string => name.replace(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`);
