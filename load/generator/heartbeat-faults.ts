import type { Tally, VuProgress } from './tally.ts';

/** A heartbeat comes every second; so much later, arrivals and messages were not sent when they should have been. */
export const maxGapMs = 5_000;
/** A VU that began later has missed arrivals. */
export const maxLateStartMs = 2_000;
/** Clocks further apart than this make latencies between processes meaningless. */
const maxSkewMs = 100;
/** On its way from the process to us. */
const maxTransitMs = 5_000;

/** German sentences on processes that began late, fell silent for a while or have another clock; each names its process. */
export function heartbeatFaults(tally: Tally, rampMs: number): string[] {
  const byProcess = Map.groupBy(tally.vus.values(), ({ process }) => process);
  return [...byProcess].flatMap(([process, vus]) => processFaults(process, vus, rampMs));
}

function processFaults(process: number, vus: readonly VuProgress[], rampMs: number): string[] {
  const name = `k6-Prozess ${process}`;
  const lateMs = Math.max(...vus.map(({ startedAtMs = -rampMs }) => startedAtMs + rampMs));
  const gapMs = Math.max(...vus.map(({ longestGapMs }) => longestGapMs));
  const transits = vus.flatMap(({ transitMs }) => transitMs ?? []);
  const least = Math.min(...transits.map((transit) => transit.least));
  const most = Math.max(...transits.map((transit) => transit.most));
  const faults: string[] = [];
  if (lateMs > maxLateStartMs) faults.push(`${name} begann ${seconds(lateMs)} zu spät.`);
  if (gapMs > maxGapMs) faults.push(`${name} schwieg bis zu ${seconds(gapMs)} lang.`);
  if (transits.length === 0) return faults;
  if (least < -maxSkewMs || least > maxTransitMs) faults.push(`Die Uhr von ${name} geht um ${seconds(-least)} anders.`);
  else if (most > maxTransitMs) faults.push(`Die Messwerte von ${name} kamen bis zu ${seconds(most)} zu spät an.`);
  return faults;
}

const seconds = (ms: number) => `${(ms / 1_000).toLocaleString('de', { maximumFractionDigits: 1 })} s`;
