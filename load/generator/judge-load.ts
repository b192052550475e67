import type { CheckOutcome } from '../../core/model/outcome.ts';
import { outcomeOf } from '../../core/model/outcome.ts';
import { generatorFaults, trustFaults } from './generator-faults.ts';
import { missingActions, observedActions } from './judge-actions.ts';
import { judgeStopped } from './judge-stopped.ts';
import { loadFindings } from './load-findings.ts';
import { loadMeasurements } from './load-measurements.ts';
import type { LoadRun } from './load-run.ts';
import { samplesFor } from './percentile-samples.ts';

/** Share of the planned deliveries that must be accounted for, as seen or as lost. */
const accountedShare = 0.99;

/** Judges by what was counted. A generator that cannot be trusted proves nothing, neither good nor bad. */
export function judgeLoad(run: LoadRun): CheckOutcome {
  if (run.stopped !== undefined) return judgeStopped(run, run.stopped, trustFaults(run));
  const measurements = loadMeasurements(run);
  const faults = generatorFaults(run);
  if (faults.length > 0) {
    const reason = `Der Lastgenerator war nicht zuverlässig, der Lauf sagt nichts über den Server. ${faults.join(' ')}`;
    return { kind: 'inconclusive', reason, measurements };
  }
  const findings = loadFindings(run);
  const missing = missingSamples(run) ?? missingActions(run);
  if (findings.length === 0 && missing !== undefined) return { kind: 'inconclusive', reason: missing, measurements };
  return outcomeOf(findings, observedIn(run), measurements);
}

function missingSamples({ tally, deliveries, scale }: LoadRun): string | undefined {
  const samples = tally.histograms.delivery.totalCount;
  const sends = tally.histograms.send.totalCount;
  if (samples < scale.minimumSamples) {
    return `Zu wenige Messwerte für ein Urteil: ${samples} Zustellungen, nötig sind ${scale.minimumSamples}.`;
  }
  if (deliveries.messages > 0 && sends < samplesFor(95))
    return `Zu wenige Messwerte für ein Urteil: ${sends} bestätigte Nachrichten, nötig sind ${samplesFor(95)}.`;
  const accounted = samples + (tally.counters.seenLater ?? 0) + deliveries.lost + deliveries.unreachable;
  if (accounted >= accountedShare * deliveries.planned) return undefined;
  return `Nur ${samples} von ${deliveries.planned} geplanten Zustellungen wurden gemessen; der Rest ist weder belegt noch verloren.`;
}

function observedIn(run: LoadRun): string {
  const { tally, deliveries, scale } = run;
  const { delivery, send } = tally.histograms;
  const people = `${scale.users} Personen, ${deliveries.messages} Nachrichten in ${scale.durationS} s`;
  const whole = `alle ${deliveries.seen} Zustellungen genau einmal und in der richtigen Reihenfolge`;
  const times = `Zustellung P95 ${delivery.getValueAtPercentile(95)} ms, Bestätigung P95 ${send.getValueAtPercentile(95)} ms`;
  const messages = deliveries.messages === 0 ? 'ohne Nachrichten' : `${whole}; ${times}`;
  return `${people}: ${messages}${observedActions(run)}.`;
}
