import type { K6Run } from '../generator/k6-process.ts';
import type { Slice } from '../generator/machine-plan.ts';
import { createTally, enterRecord, type Tally } from '../generator/tally.ts';
import type { RecordBatch, Sender } from '../scenarios/collector-protocol.ts';

/** Times are Unix times of the collector's clock. */
export interface CollectionOptions {
  readonly slices: readonly Slice[];
  readonly usersPerVu: number;
  /** Later than this nobody need begin any more. */
  readonly beginByMs: number;
  /** From the first VU that begins to the first arrival: until then every process must have begun. */
  readonly gatherMs: number;
  readonly rampMs: number;
  /** A process from which nothing came for so long is lost. */
  readonly silenceMs: number;
  /** Asked when the first VU wants to begin, however long that was after everything was prepared. */
  readonly mayBegin?: () => boolean;
}

/** What the processes of a run tell; each batch counts once, whatever is posted again. */
export interface Collection {
  readonly tally: Tally;
  /** Undefined before anybody has begun. */
  readonly measuringFromMs: number | undefined;
  /** When measuring begins, decided by the first who asks; undefined for who should stop. */
  begin(sender: Sender, nowMs: number): number | undefined;
  /** False for who should stop. */
  enter(batch: RecordBatch, nowMs: number): boolean;
  /** Undefined while the run goes on: it is over when all have ended or one is lost, because then it proves nothing. */
  endedAt(nowMs: number): readonly K6Run[] | undefined;
  /** Over from now on, whatever comes. */
  stop(): void;
}

interface Process {
  readonly slice: Slice;
  readonly vus: number;
  instance?: string;
  lastAtMs: number;
  wasRestarted: boolean;
  readonly nextSequence: Map<number, number>;
  readonly ended: Set<number>;
}

export function createCollection(options: CollectionOptions): Collection {
  const { slices, usersPerVu, beginByMs, gatherMs, rampMs, silenceMs } = options;
  const tally = createTally();
  const processes = new Map(slices.map((slice): [number, Process] => [slice.process, newProcess(slice, usersPerVu)]));
  let measuringFromMs: number | undefined;
  let isStopped = false;
  const knownSender = (sender: Sender, nowMs: number) => {
    const process = processes.get(sender.process);
    if (process === undefined || isStopped) return undefined;
    process.instance ??= sender.instance;
    process.wasRestarted ||= process.instance !== sender.instance;
    if (process.wasRestarted) return undefined;
    process.lastAtMs = nowMs;
    return process;
  };
  return {
    tally,
    get measuringFromMs() {
      return measuringFromMs;
    },
    begin: (sender, nowMs) => {
      if (measuringFromMs === undefined && options.mayBegin?.() === false) isStopped = true;
      if (knownSender(sender, nowMs) === undefined) return undefined;
      measuringFromMs ??= nowMs + gatherMs + rampMs;
      return measuringFromMs;
    },
    enter: (batch, nowMs) => {
      if (wasEntered(processes.get(batch.process), batch)) return true;
      const process = knownSender(batch, nowMs);
      if (process === undefined || measuringFromMs === undefined) return false;
      enterBatch(tally, process, batch, nowMs - measuringFromMs);
      return true;
    },
    endedAt: (nowMs) => {
      const deadlineMs = measuringFromMs === undefined ? beginByMs : measuringFromMs - rampMs;
      const runs = [...processes.values()].map((process) => runOf(process, nowMs, { deadlineMs, silenceMs }));
      const isOver = isStopped || runs.every((run) => run === 'ended') || runs.some((run) => isLost(run));
      if (!isOver) return undefined;
      isStopped = true;
      return [...processes.keys()].map((process, index) => asK6Run(process, runs[index] ?? 'running'));
    },
    stop: () => {
      isStopped = true;
    },
  };
}

function newProcess(slice: Slice, usersPerVu: number): Process {
  const vus = Math.ceil(slice.users / usersPerVu);
  return { slice, vus, lastAtMs: 0, wasRestarted: false, nextSequence: new Map(), ended: new Set() };
}

/** Its answer was lost on the way. */
function wasEntered(process: Process | undefined, { instance, vu, sequence }: RecordBatch): boolean {
  return process?.instance === instance && sequence < (process.nextSequence.get(vu) ?? 0);
}

function enterBatch(tally: Tally, process: Process, { vu, sequence, records }: RecordBatch, cameAtMs: number): void {
  process.nextSequence.set(vu, sequence + 1);
  for (const record of records) {
    enterRecord(tally, record, cameAtMs);
    if (record.type === 'end') process.ended.add(vu);
  }
}

type State = 'waiting' | 'running' | 'ended' | 'absence' | 'silence' | 'restart';

const isLost = (state: State) => state === 'absence' || state === 'silence' || state === 'restart';

function runOf(
  { instance, wasRestarted, ended, vus, lastAtMs }: Process,
  nowMs: number,
  limits: { readonly deadlineMs: number; readonly silenceMs: number },
): State {
  if (wasRestarted) return 'restart';
  if (instance === undefined) return nowMs > limits.deadlineMs ? 'absence' : 'waiting';
  if (ended.size >= vus) return 'ended';
  return nowMs - lastAtMs > limits.silenceMs ? 'silence' : 'running';
}

/** What is known of a process on another machine; its memory and processor time are not. */
function asK6Run(process: number, state: State): K6Run {
  const unknown = { exitCode: null, messages: [], usage: { peakKib: 0, usersKib: 0, cpuCores: 0 } };
  if (state === 'ended') return { process, ...unknown, exitCode: 0, endedBy: 'itself' };
  if (state === 'running') return { process, ...unknown, endedBy: 'stop' };
  return { process, ...unknown, endedBy: state === 'waiting' ? 'absence' : state };
}
