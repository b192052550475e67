import type { LoadRun } from './load-run.ts';

/** Later than this the schedule and the measured times are no longer what they claim to be. */
export const maxLoopLagP99Ms = 100;
const maxCpuShare = 0.8;

/** German sentences on why the generator cannot be trusted this time; none when it can. */
export function generatorFaults(run: LoadRun): string[] {
  return [...processFaults(run), ...recordFaults(run), ...earlyLeavers(run), ...starvation(run)];
}

function processFaults({ k6, tally }: LoadRun): string[] {
  const faults: string[] = [];
  const last = k6.messages.at(-1);
  const detail = last === undefined ? '' : ` Letzte Meldung: ${last}`;
  if (k6.endedBy === 'timeout') faults.push(`k6 wurde nicht rechtzeitig fertig und beendet.${detail}`);
  else if (k6.exitCode !== 0)
    faults.push(`k6 endete vorzeitig (${k6.exitCode === null ? 'durch ein Signal' : `Code ${k6.exitCode}`}).${detail}`);
  const [crash] = tally.crashes;
  if (crash) faults.push(`Bei ${tally.crashes.length} simulierten Personen brach der Ablauf ab: ${crash.message}`);
  return faults;
}

function recordFaults({ tally, scale, vus, k6 }: LoadRun): string[] {
  const faults: string[] = [];
  const silent = scale.users - tally.users.size - tally.crashes.length;
  if (silent > 0) faults.push(`Von ${silent} der ${scale.users} simulierten Personen fehlt die Abrechnung.`);
  const whole = [...tally.vus.values()].filter((vu) => vu.unbroken && vu.endedAfter === vu.seconds).length;
  if (whole < vus) faults.push(`Von ${vus - whole} der ${vus} k6-Einheiten fehlen Messwerte.`);
  const [first] = k6.messages;
  return faults.length === 0 || first === undefined ? faults : [...faults, `k6 meldete: ${first}`];
}

function earlyLeavers({ tally, scale }: LoadRun): string[] {
  const left = [...tally.users.values()].filter(
    ({ offlineAtMs }) => offlineAtMs !== null && offlineAtMs < scale.durationS * 1_000,
  );
  return left.length === 0 ? [] : [`${left.length} simulierte Personen gingen vor dem Ende der Messung offline.`];
}

function starvation({ tally, k6, machineCores }: LoadRun): string[] {
  const faults: string[] = [];
  const lag = tally.histograms.lag.getValueAtPercentile(99);
  if (lag > maxLoopLagP99Ms)
    faults.push(`Seine Ereignisschleife lief zu spät (P99 ${lag} ms, erlaubt ${maxLoopLagP99Ms} ms).`);
  if (k6.usage.cpuCores > maxCpuShare * machineCores) {
    faults.push(`Er brauchte ${k6.usage.cpuCores.toFixed(1)} von ${machineCores} Prozessorkernen.`);
  }
  return faults;
}
