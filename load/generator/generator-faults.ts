import { heartbeatFaults } from './heartbeat-faults.ts';
import type { K6Run } from './k6-process.ts';
import type { LoadRun } from './load-run.ts';
import { coreShare } from './machine-plan.ts';

/** Later than this the schedule and the measured times are no longer what they claim to be. */
export const maxLoopLagP99Ms = 100;

/** German sentences on why the generator cannot be trusted this time; none when it can. */
export function generatorFaults(run: LoadRun): string[] {
  return [...processFaults(run), ...recordFaults(run), ...droppedStarts(run), ...earlyLeavers(run), ...lateness(run)];
}

/** Those of a run that was stopped on purpose, whose records are cut off. */
export function trustFaults(run: LoadRun): string[] {
  const processes = run.processes.filter(({ endedBy }) => endedBy !== 'stop');
  return [...processFaults({ ...run, processes }), ...lateness(run)];
}

function lateness(run: LoadRun): string[] {
  return [...heartbeatFaults(run.tally, run.scale.rampS * 1_000), ...starvation(run)];
}

function processFaults({ processes, tally }: LoadRun): string[] {
  const faults = processes.flatMap((run) => endFaults(run, processes.length));
  const [crash] = tally.crashes;
  if (crash) faults.push(`Bei ${tally.crashes.length} simulierten Personen brach der Ablauf ab: ${crash.message}`);
  return faults;
}

function endFaults(run: K6Run, processes: number): string[] {
  const how = howEnded(run);
  if (how === undefined) return [];
  const last = run.messages.at(-1);
  return [`${nameOf(run, processes)} ${how}.${last === undefined ? '' : ` Letzte Meldung: ${last}`}`];
}

export const nameOf = ({ process }: Pick<K6Run, 'process'>, processes: number): string =>
  processes === 1 ? 'k6' : `k6-Prozess ${process} von ${processes}`;

/** German; undefined for a process that ended as it should. */
export function howEnded({ endedBy, exitCode }: K6Run): string | undefined {
  if (endedBy === 'timeout') return 'wurde nicht rechtzeitig fertig und beendet';
  if (endedBy === 'memory') return 'endete vorzeitig, weil der Arbeitsspeicher nicht reichte';
  if (endedBy === 'signal') return 'endete vorzeitig (durch ein Signal)';
  if (endedBy === 'stop') return 'wurde vorzeitig angehalten';
  return exitCode === 0 ? undefined : `endete vorzeitig (Code ${exitCode})`;
}

function recordFaults({ tally, scale, vus, processes }: LoadRun): string[] {
  const faults: string[] = [];
  const silent = scale.users - tally.users.size - tally.crashes.length;
  if (silent > 0) faults.push(`Von ${silent} der ${scale.users} simulierten Personen fehlt die Abrechnung.`);
  const whole = [...tally.vus.values()].filter((vu) => vu.unbroken && vu.endedAfter === vu.seconds).length;
  if (whole < vus) faults.push(`Von ${vus - whole} der ${vus} k6-Einheiten fehlen Messwerte.`);
  const first = processes.find(({ messages }) => messages.length > 0)?.messages[0];
  return faults.length === 0 || first === undefined ? faults : [...faults, `k6 meldete: ${first}`];
}

/** A person whose ledger came has tried every message the plan had for it. */
function droppedStarts({ tally, scale, deliveries }: LoadRun): string[] {
  const dropped = deliveries.messages - (tally.counters.sends ?? 0);
  if (dropped <= 0 || tally.users.size < scale.users) return [];
  return [`${dropped} von ${deliveries.messages} geplanten Nachrichten wurden nie auf den Weg gebracht.`];
}

function earlyLeavers({ tally, scale }: LoadRun): string[] {
  const left = [...tally.users.values()].filter(
    ({ offlineAtMs }) => offlineAtMs !== null && offlineAtMs < scale.durationS * 1_000,
  );
  return left.length === 0 ? [] : [`${left.length} simulierte Personen gingen vor dem Ende der Messung offline.`];
}

function starvation({ tally, processes, machineCores }: LoadRun): string[] {
  const faults: string[] = [];
  const lag = tally.histograms.lag.getValueAtPercentile(99);
  if (lag > maxLoopLagP99Ms)
    faults.push(`Seine Ereignisschleife lief zu spät (P99 ${lag} ms, erlaubt ${maxLoopLagP99Ms} ms).`);
  const cores = processes.reduce((sum, { usage }) => sum + usage.cpuCores, 0);
  if (cores > coreShare * machineCores) {
    faults.push(`Er brauchte ${cores.toFixed(1)} von ${machineCores} Prozessorkernen.`);
  }
  return faults;
}
