import { mostCharactersPerBatch, mostRecordsPerBatch } from '../scenarios/collector-protocol.ts';

/** taken: it counts; later: no answer, to be posted again; refused: whoever posts should stop. */
export type Posted = 'taken' | 'later' | 'refused';

export interface OutboxOptions {
  /** Posts JSON texts of records; the same sequence is the same batch. */
  post(sequence: number, records: readonly string[]): Promise<Posted>;
  /** Called once: nothing is posted after it. */
  onRefused(): void;
}

/** What a VU told and the collector has not yet confirmed, in order; one batch is under way at a time. */
export interface Outbox {
  add(record: string): void;
  /** Posts what is there, unless that is being done; ends at the first batch that must be posted again. */
  flush(): Promise<void>;
  readonly isEmpty: boolean;
}

export function createOutbox({ post, onRefused }: OutboxOptions): Outbox {
  const waiting: string[] = [];
  let batch: readonly string[] = [];
  let sequence = 0;
  let isPosting = false;
  let isClosed = false;
  const postNext = async (): Promise<boolean> => {
    if (batch.length === 0) batch = waiting.splice(0, countForBatch(waiting));
    const posted = await post(sequence, batch);
    if (posted === 'refused') {
      isClosed = true;
      onRefused();
    }
    if (posted !== 'taken') return false;
    batch = [];
    sequence++;
    return true;
  };
  const isEmpty = () => waiting.length + batch.length === 0;
  return {
    add: (record) => void waiting.push(record),
    flush: async () => {
      if (isPosting || isClosed) return;
      isPosting = true;
      try {
        while (!isEmpty() && (await postNext()));
      } finally {
        isPosting = false;
      }
    },
    get isEmpty() {
      return isEmpty();
    },
  };
}

/** At least one, however long. */
function countForBatch(records: readonly string[]): number {
  let characters = 0;
  const tooMany = records.findIndex((record, index) => {
    characters += record.length;
    return index > 0 && (index >= mostRecordsPerBatch || characters > mostCharactersPerBatch);
  });
  return tooMany < 0 ? records.length : tooMany;
}
