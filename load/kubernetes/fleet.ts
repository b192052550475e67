import { UsageError } from '../../core/model/usage-error.ts';
import {
  connectionsPerUser,
  coreSecondsPerRequest,
  coreShare,
  type Demand,
  fewestVus,
  maxUsersPerVu,
  portShare,
  processKib,
  scriptCopies,
  userKib,
} from '../generator/machine-plan.ts';

/** What one runner may have at most. */
export interface RunnerSize {
  readonly memoryMib: number;
  readonly cores: number;
}

export type Bound = 'connections' | 'memory' | 'processor';

export interface Fleet {
  /** The TestRun's parallelism. */
  readonly runners: number;
  readonly usersPerVu: number;
  /** Of the fullest runner; the others have at most one less. */
  readonly usersPerRunner: number;
  readonly vusPerRunner: number;
  /** What a runner is expected to need, with headroom. */
  readonly memoryMib: number;
  readonly cpuMillis: number;
  /** How many runners each bound asks for; the largest decides. */
  readonly runnersBy: Readonly<Record<Bound, number>>;
  readonly decidedBy: Bound;
}

export const defaultRunnerSize: RunnerSize = { memoryMib: 4_096, cores: 2 };

/** A pod has one address, and Linux gives it so many ports towards one address of the target. */
const portsPerRunner = 28_232;
/** Beyond that the operator's starter exceeds the longest argument list (grafana/k6-operator#408). */
const mostRunners = 450;
const memoryShare = 0.8;
/** What a user's row takes twice: as a file in memory and read. */
const rowsKib = 8;

/**
 * Parallelism and size of the runners: as many as connections, memory and processor each ask for, whichever is the most.
 * Throws UsageError when more runners are needed than the operator can start.
 */
export function planFleet(demand: Demand, size: RunnerSize = defaultRunnerSize): Fleet {
  const runnersBy: Record<Bound, number> = {
    connections: Math.ceil((demand.users * connectionsPerUser) / (portsPerRunner * portShare)),
    memory: runnersByMemory(demand, size),
    processor: Math.ceil(coresOf(demand) / (coreShare * size.cores)),
  };
  const bounds = Object.keys(runnersBy) as Bound[];
  const decidedBy = bounds.reduce((most, bound) => (runnersBy[bound] > runnersBy[most] ? bound : most));
  const runners = Math.max(1, runnersBy[decidedBy]);
  if (runners > mostRunners) throw tooMany(decidedBy);
  return {
    runners,
    ...divided(demand, runners),
    memoryMib: roundedUp(memoryMib(demand, runners), 64),
    cpuMillis: roundedUp((1_000 * coresOf(demand)) / runners / coreShare, 100),
    runnersBy,
    decidedBy,
  };
}

function divided({ users }: Demand, runners: number) {
  const usersPerRunner = Math.ceil(users / runners);
  const usersPerVu = Math.min(maxUsersPerVu, Math.ceil(usersPerRunner / fewestVus));
  return { usersPerRunner, usersPerVu, vusPerRunner: Math.ceil(usersPerRunner / usersPerVu) };
}

/** The first number that fits; one too many when none does. */
function runnersByMemory(demand: Demand, size: RunnerSize): number {
  let runners = 1;
  while (runners <= mostRunners && memoryMib(demand, runners) > size.memoryMib) runners++;
  return runners;
}

function memoryMib(demand: Demand, runners: number): number {
  const { usersPerRunner, vusPerRunner } = divided(demand, runners);
  const scriptKib = (vusPerRunner * scriptCopies * demand.bundleBytes) / 1_024;
  return (processKib + usersPerRunner * (userKib + rowsKib) + scriptKib) / 1_024 / memoryShare;
}

const coresOf = ({ requestsPerSecond }: Demand) => requestsPerSecond * coreSecondsPerRequest;

const roundedUp = (value: number, step: number) => Math.ceil(value / step) * step;

function tooMany(bound: Bound): UsageError {
  return new UsageError({
    en: `the load needs more than ${mostRunners} runners (by ${bound}), which the k6-operator cannot start: give runners more with --runner-memory and --runner-cores, or play fewer users`,
    de: `Die Last braucht mehr als ${mostRunners} Runner (wegen ${boundNames[bound]}), die der k6-operator nicht starten kann: Runner mit --runner-memory und --runner-cores vergrößern oder weniger Personen spielen`,
  });
}

/** German, for readers of the instructions. */
export const boundNames: Readonly<Record<Bound, string>> = {
  connections: 'Verbindungen',
  memory: 'Arbeitsspeicher',
  processor: 'Prozessorzeit',
};
