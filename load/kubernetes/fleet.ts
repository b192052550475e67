import { UsageError } from '../../core/model/usage-error.ts';

/** What all runners together have to do. */
export interface Work {
  readonly users: number;
  readonly usersPerVu: number;
  readonly bundleBytes: number;
  /** Polls, answers to them and messages in the busiest mean second. */
  readonly requestsPerSecond: number;
}

/** What one runner may have at most. */
export interface RunnerSize {
  readonly memoryMib: number;
  readonly cores: number;
}

export type Bound = 'connections' | 'memory' | 'processor';

export interface Fleet {
  /** The TestRun's parallelism. */
  readonly runners: number;
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

/** A pod has one address, and Linux gives it 28,232 ports towards one address of the target; a tenth stays free. */
const connectionsPerRunner = 25_400;
/** A user's poll, and now and then something beside it. */
const connectionsPerUser = 1.15;
/** Beyond that the operator's starter exceeds the longest argument list (grafana/k6-operator#408). */
const mostRunners = 450;

/** k6 at rest, and what a VU, a user and the file of users add: measured with k6 1.8.1; a VU keeps 18 times its script. */
const memoryKib = { process: 61_440, vu: 512, user: 84, perScriptByte: 18 / 1_024 } as const;
/** Seconds of processor time: a user who only polls, per second; one request with its answer read. */
const processorS = { user: 0.000_014, request: 0.000_42 } as const;
const usableShare = 0.8;

/**
 * Parallelism and size of the runners: as many as connections, memory and processor each ask for, whichever is the most.
 * Throws UsageError when more runners are needed than the operator can start.
 */
export function planFleet(work: Work, size: RunnerSize = defaultRunnerSize): Fleet {
  const runnersBy: Record<Bound, number> = {
    connections: Math.ceil((work.users * connectionsPerUser) / connectionsPerRunner),
    memory: Math.ceil(work.users / usersInMemory(work, size)),
    processor: Math.ceil(coresFor(work) / (usableShare * size.cores)),
  };
  const bounds = Object.keys(runnersBy) as Bound[];
  const decidedBy = bounds.reduce((most, bound) => (runnersBy[bound] > runnersBy[most] ? bound : most));
  const runners = Math.max(1, runnersBy[decidedBy]);
  if (runners > mostRunners) throw tooMany(runners, decidedBy);
  const usersPerRunner = Math.ceil(work.users / runners);
  return {
    runners,
    usersPerRunner,
    vusPerRunner: Math.ceil(usersPerRunner / work.usersPerVu),
    memoryMib: roundedUp(kibFor(work, usersPerRunner) / 1_024 / usableShare, 64),
    cpuMillis: roundedUp((1_000 * coresFor(work)) / runners / usableShare, 100),
    runnersBy,
    decidedBy,
  };
}

/** Whole VUs only, so that the fullest runner fits. */
function usersInMemory(work: Work, { memoryMib }: RunnerSize): number {
  const forUsers = usableShare * memoryMib * 1_024 - memoryKib.process;
  const vus = Math.floor(forUsers / (work.usersPerVu * memoryKib.user + vuKib(work)));
  return Math.max(1, vus) * work.usersPerVu;
}

function kibFor(work: Work, users: number): number {
  return memoryKib.process + Math.ceil(users / work.usersPerVu) * vuKib(work) + users * memoryKib.user;
}

const vuKib = ({ bundleBytes }: Work) => memoryKib.vu + bundleBytes * memoryKib.perScriptByte;

const coresFor = ({ users, requestsPerSecond }: Work) =>
  users * processorS.user + requestsPerSecond * processorS.request;

const roundedUp = (value: number, step: number) => Math.ceil(value / step) * step;

function tooMany(runners: number, bound: Bound): UsageError {
  return new UsageError({
    en: `the load needs ${runners} runners (by ${bound}), the k6-operator starts at most ${mostRunners}: give runners more with --runner-memory and --runner-cores, or play fewer users`,
    de: `Die Last braucht ${runners} Runner (wegen ${boundNames[bound]}), der k6-operator startet höchstens ${mostRunners}: Runner mit --runner-memory und --runner-cores vergrößern oder weniger Personen spielen`,
  });
}

/** German, for readers of the instructions. */
export const boundNames: Readonly<Record<Bound, string>> = {
  connections: 'Verbindungen',
  memory: 'Arbeitsspeicher',
  processor: 'Prozessorzeit',
};
