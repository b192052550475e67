import type { SizingConditions } from '../../core/model/sizing.ts';
import { createRandom } from '../../core/random.ts';
import { defaultAssumptions } from './demand/first-order.ts';
import type { Stage } from './demand/stages.ts';
import { goodRun } from './measured-run.fixture.ts';
import type { MeasuredRun } from './measured-run.ts';
import { throughputAt } from './model/usl.ts';
import { defaultKneeLevels } from './search/knee-levels.ts';
import { type NextRun, nextRun, type SearchPlan } from './search/next-run.ts';
import type { SizingOptions } from './sizing-from-runs.ts';

const stages: readonly Stage[] = [500, 800, 2_400, 8_400, 35_000, 64_000, 85_000, 133_574, 150_000].map((accounts) => ({
  name: accounts === 500 ? 'Pilot' : `${accounts} Konten`,
  accounts,
}));

/** A deployment whose costs are known: what sizing finds can be compared with them. */
export interface SimulatedServer {
  readonly alpha: number;
  readonly beta: number;
  /** Core seconds of Synapse for one idle poll and one message. */
  readonly perPoll: number;
  readonly perMessage: number;
  /** Relative, both ways. */
  readonly noise: number;
}

export const simulatedServer: SimulatedServer = {
  alpha: 0.000_02,
  beta: 0.000_000_1,
  perPoll: 0.002,
  perMessage: 0.08,
  noise: 0.02,
};

const messagesPerUser = 0.025;
const recipients = 12;

export const simulatedConditions: SizingConditions = {
  target: 'Referenzsystem',
  scenario: 'load.office-day',
  seed: '1',
  startedAt: '2026-12-01T09:00:00.000Z',
  durationS: 50,
  compression: 100,
  profile: 'V2',
  largestRoom: 25,
  runsPerStep: 5,
  machine: { cores: 2, processor: 'Testprozessor', memoryGib: 24 },
  pinning: { homeserver: '0', generator: '1' },
  versions: { synapse: '1.163.2', postgresql: '15.18' },
};

/** Latency rises as the core of Synapse fills up; beyond it messages wait for ever longer. */
export function simulatedRun(server: SimulatedServer, next: NextRun, id: string): MeasuredRun {
  const random = createRandom(`${next.seed}|${next.users}`);
  const noisy = (value: number) => value * (1 + 2 * server.noise * (random.next() - 0.5));
  const { users, purpose, seed } = next;
  const messages = purpose === 'idle' ? 0 : noisy(users * messagesPerUser);
  const polls = purpose === 'idle' ? users / 30 : messages * recipients;
  const idlePolls = purpose === 'idle' ? users / 30 : 0;
  const cores = Math.min(1, 0.01 + idlePolls * server.perPoll + messages * server.perMessage);
  const waiting = 40 / Math.max(0.01, 1 - cores);
  const law = { lambda: messagesPerUser * recipients, alpha: server.alpha, beta: server.beta };
  const offered = messages * recipients;
  const ms = (factor: number) => Math.round(noisy(waiting * factor));
  return goodRun(users, {
    id,
    purpose,
    seed,
    offered,
    delivered: (offered * throughputAt(law, users)) / (law.lambda * users),
    messagesPerSecond: messages,
    pollsPerSecond: polls,
    delivery: { samples: 5_000, p50Ms: ms(1), p95Ms: ms(3), p99Ms: ms(6) },
    server: {
      utilisation: { synapse: cores, postgres: 0.3 * cores, nginx: 0.05 * cores },
      cpuCores: { synapse: cores, postgres: 0.3 * cores, nginx: 0.05 * cores },
      residentMib: { synapse: noisy(120 + 0.2 * users), postgres: 400, nginx: 30 },
      writtenBytesPerSecond: { synapse: 0, postgres: noisy(40_000 + 60_000 * messages), nginx: 0 },
    },
  });
}

export const simulatedPlan: SearchPlan = {
  startUsers: 100,
  maxUsers: 100_000,
  climbFactor: 2,
  maxSteps: 6,
  precision: 0.05,
  runs: 5,
  seed: '1',
  levels: defaultKneeLevels,
};

/** Everything the search wants to know of it. */
export function simulatedSweep(server = simulatedServer, plan = simulatedPlan): readonly MeasuredRun[] {
  const runs: MeasuredRun[] = [];
  for (let next = nextRun(plan, runs); next !== undefined; next = nextRun(plan, runs)) {
    runs.push(simulatedRun(server, next, `${runs.length + 1}`.padStart(4, '0')));
  }
  return runs;
}

export const sizingOptions = (runs: readonly MeasuredRun[]): SizingOptions => ({
  runs,
  conditions: simulatedConditions,
  stages,
  assumptions: defaultAssumptions,
  levels: defaultKneeLevels,
});
