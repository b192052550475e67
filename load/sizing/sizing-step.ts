import type { SizingStep } from '../../core/model/sizing.ts';
import type { MeasuredRun, Percentiles } from './measured-run.ts';
import type { Levelled } from './model/levelled-throughput.ts';
import { breachesOf } from './search/breaches.ts';
import type { KneeLevels } from './search/knee-levels.ts';
import type { StepState } from './search/step-state.ts';
import { mean, median } from './statistics/quantile.ts';
import { meanInterval } from './statistics/student-t.ts';
import { meanUtilisation } from './table/limiting-resource.ts';

/** The runs of one step as the table of steps shows them. Percentiles are those of runs: they are never averaged over requests. */
export function sizingStep(
  { users, attempts, valid, broken }: StepState,
  levels: KneeLevels,
  level: Levelled,
): SizingStep {
  const throughputs = valid.map(level.throughput);
  const meanOf = (pick: (run: MeasuredRun) => number) => (valid.length === 0 ? 0 : mean(valid.map(pick)));
  return {
    users,
    runs: valid.length,
    invalidRuns: attempts - valid.length,
    throughput: meanOf(level.throughput),
    throughputInterval: meanInterval(throughputs) ?? null,
    offered: level.offered(users),
    messagesPerSecond: meanOf(({ messagesPerSecond }) => messagesPerSecond),
    pollsPerSecond: meanOf(({ pollsPerSecond }) => pollsPerSecond),
    delivery: {
      p50Ms: medianOf(valid, ({ delivery }) => delivery, 'p50Ms'),
      p95Ms: medianOf(valid, ({ delivery }) => delivery, 'p95Ms'),
      p99Ms: medianOf(valid, ({ delivery }) => delivery, 'p99Ms'),
    },
    sendP95Ms: medianOf(valid, ({ send }) => send, 'p95Ms'),
    utilisation: meanUtilisation(valid),
    broken,
    breaches: breachTexts(valid, levels),
  };
}

function medianOf(
  runs: readonly MeasuredRun[],
  pick: (run: MeasuredRun) => Percentiles,
  key: 'p50Ms' | 'p95Ms' | 'p99Ms',
): number | null {
  const values = runs.map((run) => pick(run)[key]).filter((value) => value !== null);
  return values.length === 0 ? null : median(values);
}

/** Each limit once, with the first run's figure and in how many runs it broke. */
function breachTexts(runs: readonly MeasuredRun[], levels: KneeLevels): string[] {
  const byCode = Map.groupBy(
    runs.flatMap((run) => breachesOf(run, levels)),
    ({ code }) => code,
  );
  return [...byCode.values()].map((breaches) => {
    const often = runs.length > 1 ? ` (in ${breaches.length} von ${runs.length} Läufen)` : '';
    return `${breaches[0]?.text ?? ''}${often}`;
  });
}
