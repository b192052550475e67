import type { RecordBatch, Sender } from '../scenarios/collector-protocol.ts';
import type { LoadRecord } from '../scenarios/load-record.ts';

const recordTypes: readonly string[] = ['start', 'second', 'user', 'crash', 'end'] satisfies LoadRecord['type'][];

/** Undefined for what no process of ours posts. */
export function senderIn(data: unknown): Sender | undefined {
  return isObject(data) && isCount(data['process']) && typeof data['instance'] === 'string'
    ? { process: data['process'], instance: data['instance'] }
    : undefined;
}

/** As `senderIn`; each record must at least be of a known kind and of that sender. */
export function batchIn(data: unknown): RecordBatch | undefined {
  const sender = senderIn(data);
  if (sender === undefined || !isObject(data)) return undefined;
  const { vu, sequence, records } = data as Readonly<Record<keyof RecordBatch, unknown>>;
  if (!isCount(vu) || !isCount(sequence) || !Array.isArray(records)) return undefined;
  const isOwn = (record: unknown) =>
    isObject(record) &&
    record['process'] === sender.process &&
    record['vu'] === vu &&
    recordTypes.includes(String(record['type']));
  return records.every(isOwn) ? { ...sender, vu, sequence, records } : undefined;
}

const isObject = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null;

const isCount = (data: unknown): data is number => Number.isSafeInteger(data) && Number(data) >= 0;
