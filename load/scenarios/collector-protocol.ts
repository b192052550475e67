import type { LoadRecord } from './load-record.ts';

/** Which process posts: a runner of the k6-operator, or a segment on one machine. */
export interface Sender {
  /** From 1; the process of its plan. */
  readonly process: number;
  /** New for every start of the process, so that one that was started anew is noticed. */
  readonly instance: string;
}

/** What one VU posts to `/records`: everything it told since the post before. */
export interface RecordBatch extends Sender {
  readonly vu: number;
  /** Counts from 0 for each VU; the same again is the same batch, posted again because no answer came. */
  readonly sequence: number;
  readonly records: readonly LoadRecord[];
}

/** Answer to a `Sender` posted to `/begin`, asked by each VU before it begins. */
export interface Beginning {
  /** Unix time, the same for all processes. */
  readonly measuringFromMs: number;
}

/** Environment variables of a process: the collector's URL, a file with the key to it, and the instance. */
export const collectorVariable = 'PRUEFSTAND_COLLECTOR';
export const collectorKeyVariable = 'PRUEFSTAND_COLLECTOR_KEY_FILE';
export const instanceVariable = 'PRUEFSTAND_INSTANCE';

/** The collector answers it to whoever should stop: the run is over, or another instance has the place. */
export const refusedStatus = 409;
/** A batch holds no more; what is over goes with the next one. */
export const mostRecordsPerBatch = 500;
export const mostCharactersPerBatch = 1_048_576;
