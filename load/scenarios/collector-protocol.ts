import type { LoadRecord } from './load-record.ts';

/** What one VU of a runner posts to `/records`: everything it told since the post before. */
export interface RecordBatch {
  /** From 1; of the runner's plan. */
  readonly runner: number;
  /** New for every start of a runner, so that one that was started anew is noticed. */
  readonly instance: string;
  readonly vu: number;
  /** Counts from 0 for each VU; the same again is the same batch, posted again because no answer came. */
  readonly sequence: number;
  /** Unix time of the runner's clock. */
  readonly sentAtMs: number;
  readonly records: readonly LoadRecord[];
}

/** Asked once by each VU before it begins: `/begin`. */
export type BeginRequest = Pick<RecordBatch, 'runner' | 'instance' | 'sentAtMs'>;

export interface BeginAnswer {
  /** Unix time, the same for all runners. */
  readonly measuringFromMs: number;
}

/** Environment variables of a runner: the collector's URL, a file with the key to it, and the runner's instance. */
export const collectorVariable = 'PRUEFSTAND_COLLECTOR';
export const collectorKeyVariable = 'PRUEFSTAND_COLLECTOR_KEY_FILE';
export const instanceVariable = 'PRUEFSTAND_INSTANCE';

/** Post again after it. */
export const postEveryMs = 1_000;
/** A batch holds no more; the rest goes with the next one. */
export const mostRecordsPerBatch = 500;
export const mostBatchBytes = 4 * 1_024 * 1_024;
