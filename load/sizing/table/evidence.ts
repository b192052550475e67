import type { Estimate } from '../../../core/model/sizing.ts';
import { createRandom } from '../../../core/random.ts';
import type { MeasuredRun } from '../measured-run.ts';
import { resampleRuns } from '../model/resample-runs.ts';
import { intervalOf } from '../model/usl-band.ts';
import { fitNonNegative } from '../statistics/non-negative.ts';
import { type Costs, costsOf, useAt } from './cost-model.ts';

/** What all rows of the table rest on. */
export interface TableEvidence {
  readonly runIds: readonly string[];
  readonly costs: Costs;
  /** Costs from redrawn runs. */
  readonly costFits: readonly Costs[];
  readonly memory: MemoryCost | undefined;
  /** The most people online. */
  readonly measuredUsers: number;
  readonly measuredMessagesPerSecond: number;
}

/** MiB of one Synapse process, and what each person online adds. */
export interface MemoryCost {
  readonly baseMib: number;
  readonly perUserMib: number;
}

const redrawn = 200;

/** From the valid runs below the knee, those at rest included. */
export function tableEvidence(runs: readonly MeasuredRun[], seed: string): TableEvidence {
  const random = createRandom(`${seed}|costs`);
  const idle = runs.filter(({ purpose }) => purpose === 'idle');
  const steps = runs.filter(({ purpose }) => purpose === 'step');
  const draw = () => [...resampleRuns(steps, random), ...resampleRuns(idle, random)];
  return {
    runIds: runs.map(({ id }) => id),
    costs: costsOf(runs),
    costFits: Array.from({ length: redrawn }, () => costsOf(draw())),
    memory: memoryOf(runs),
    measuredUsers: Math.max(0, ...runs.map(({ users }) => users)),
    measuredMessagesPerSecond: Math.max(0, ...runs.map(({ messagesPerSecond }) => messagesPerSecond)),
  };
}

function memoryOf(runs: readonly MeasuredRun[]): MemoryCost | undefined {
  const seen = runs.filter(({ server }) => server.residentMib['synapse'] !== undefined);
  if (seen.length === 0) return undefined;
  const values = seen.map(({ server }) => server.residentMib['synapse'] ?? 0);
  const rows = seen.map(({ users }) => [1, users]);
  const [baseMib = 0, perUserMib = 0] = fitNonNegative(rows, values);
  return { baseMib, perUserMib };
}

/** What would be used of one resource, with its interval over redrawn runs; undefined where it was not seen. */
export function estimateUse(
  { costs, costFits }: TableEvidence,
  key: string,
  [pollsPerSecond, messagesPerSecond]: readonly [number, number],
): Estimate | undefined {
  const cost = costs[key];
  if (cost === undefined) return undefined;
  const value = useAt(cost, pollsPerSecond, messagesPerSecond);
  const redrawnUses = costFits.flatMap((fit) => {
    const redrawnCost = fit[key];
    return redrawnCost === undefined ? [] : [useAt(redrawnCost, pollsPerSecond, messagesPerSecond)];
  });
  const { low, high } = intervalOf(redrawnUses) ?? { low: value, high: value };
  return { value, low: Math.min(low, value), high: Math.max(high, value) };
}
