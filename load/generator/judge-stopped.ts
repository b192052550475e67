import type { CheckOutcome } from '../../core/model/outcome.ts';
import { loadMeasurements } from './load-measurements.ts';
import type { LoadRun, Stopped } from './load-run.ts';

/**
 * A run that ended before its time says nothing good about the target. Bad it is only when it exceeded the limit it was
 * given and the generator can be trusted so far; `faults` are those that do not come from stopping.
 */
export function judgeStopped(run: LoadRun, stopped: Stopped, faults: readonly string[]): CheckOutcome {
  const measurements = loadMeasurements(run);
  if (stopped.by === 'person') {
    const reason = `Der Lauf wurde von Hand angehalten, ${measuredUntil(run)}; er belegt nichts.`;
    return { kind: 'inconclusive', reason, measurements };
  }
  if (faults.length > 0) {
    const reason = `Der Lauf wurde angehalten: ${stopped.why} Der Lastgenerator war dabei nicht zuverlässig. ${faults.join(' ')}`;
    return { kind: 'inconclusive', reason, measurements };
  }
  const finding = {
    code: 'abort-limit-exceeded',
    title: 'Der Lauf wurde angehalten, weil eine vorgegebene Grenze überschritten war',
    expected: 'Keine der Grenzen, bei denen der Lauf anzuhalten war, wird über mehrere Sekunden überschritten.',
    observed: `${stopped.why} Angehalten, ${measuredUntil(run)}.`,
    where: '/_matrix/client/v3',
  };
  return { kind: 'failed', findings: [finding], measurements };
}

function measuredUntil({ tally, scale }: LoadRun): string {
  const last = Math.max(0, ...tally.seconds.keys());
  return `gemessen ist bis Sekunde ${Math.min(last, scale.durationS)} von ${scale.durationS}`;
}
