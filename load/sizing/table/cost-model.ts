import type { ResourceCost } from '../../../core/model/sizing.ts';
import type { MeasuredRun } from '../measured-run.ts';
import { fitNonNegative } from '../statistics/non-negative.ts';

/** Clients wait so long for news. */
const pollTimeoutS = 30;

/**
 * Polls per second that ended without news. Beside messages they are not counted: with `rate` deliveries a second to one
 * person, arriving at random, a poll runs out with probability e^(−rate · 30 s).
 */
export function idlePolls({ users, purpose, pollsPerSecond, delivered }: MeasuredRun): number {
  if (purpose === 'idle') return pollsPerSecond;
  const rate = delivered / users;
  if (rate <= 0) return users / pollTimeoutS;
  const runsOut = Math.exp(-rate * pollTimeoutS);
  return (users * rate * runsOut) / (1 - runsOut);
}

/** What was used, by program and kind, e.g. `synapse cores`. */
export type Costs = Readonly<Record<string, ResourceCost>>;

/**
 * Splits what each program used into a base, a share per idle poll and a share per message with all that it causes. Without
 * a run at rest the last two cannot be told apart, and nothing is returned. Broken steps are to be left out: there
 * the server no longer does what is asked.
 */
export function costsOf(runs: readonly MeasuredRun[]): Costs {
  const kinds = new Set(runs.map(({ purpose }) => purpose));
  if (kinds.size < 2) return {};
  return Object.fromEntries(
    observedBy(runs).map(({ key, unit, values }) => [key, { unit, ...costFrom(runs, values) }]),
  );
}

interface Observed {
  readonly key: string;
  readonly unit: ResourceCost['unit'];
  readonly values: readonly number[];
}

const pageBytes = 8_192;

function observedBy(runs: readonly MeasuredRun[]): readonly Observed[] {
  const programs = [...new Set(runs.flatMap(({ server }) => Object.keys(server.cpuCores)))];
  const writers = [...new Set(runs.flatMap(({ server }) => Object.keys(server.writtenBytesPerSecond)))];
  return [
    ...programs.map((program) => ({
      key: `${program} cores`,
      unit: 'cores' as const,
      values: runs.map(({ server }) => server.cpuCores[program] ?? 0),
    })),
    ...writers.map((program) => ({
      key: `${program} page writes`,
      unit: 'pages' as const,
      values: runs.map(({ server }) => (server.writtenBytesPerSecond[program] ?? 0) / pageBytes),
    })),
    { key: 'sync bytes', unit: 'bytes', values: runs.map(({ syncBytesPerSecond }) => syncBytesPerSecond) },
  ];
}

function costFrom(runs: readonly MeasuredRun[], values: readonly number[]): Omit<ResourceCost, 'unit'> {
  const rows = runs.map((run) => [1, idlePolls(run), run.messagesPerSecond]);
  const [base = 0, perPoll = 0, perMessage = 0] = fitNonNegative(rows, values);
  return { base, perPoll, perMessage };
}

export function useAt(cost: ResourceCost, pollsPerSecond: number, messagesPerSecond: number): number {
  return cost.base + cost.perPoll * pollsPerSecond + cost.perMessage * messagesPerSecond;
}
