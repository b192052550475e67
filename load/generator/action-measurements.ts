import { actionClasses, observedLatencies, userCounters } from '../scenarios/action-classes.ts';
import type { Latency } from '../scenarios/load-record.ts';
import type { Tally } from './tally.ts';

/** Figures of everything people did beside writing, as far as it happened. */
export function actionFigures({ histograms, counters }: Tally): Record<string, number> {
  const figures: Record<string, number> = {};
  const names: readonly Latency[] = [...observedLatencies, ...actionClasses];
  for (const name of names.filter((one) => histograms[one].totalCount > 0)) {
    figures[`${name}Samples`] = histograms[name].totalCount;
    for (const percentile of [50, 95, 99]) {
      figures[`${name}P${percentile}Ms`] = histograms[name].getValueAtPercentile(percentile);
    }
  }
  for (const name of actionClasses.filter((one) => histograms[`${one}Actual`].totalCount > 0)) {
    figures[`${name}ActualP95Ms`] = histograms[`${name}Actual`].getValueAtPercentile(95);
  }
  for (const name of userCounters) if (counters[name] !== undefined) figures[name] = counters[name];
  return figures;
}
