import { expect, test } from 'vitest';
import { batchIn, senderIn } from './batch.ts';

const end = { type: 'end', process: 2, vu: 1, seconds: 9 };
const batch = { process: 2, instance: 'pod', vu: 1, sequence: 0, records: [end] };

test('what a process posts is taken as it is', () => {
  expect(senderIn({ process: 2, instance: 'pod' })).toEqual({ process: 2, instance: 'pod' });
  expect(batchIn(batch)).toEqual(batch);
  expect(batchIn({ ...batch, records: [] })).toEqual({ ...batch, records: [] });
});

test.each([
  null,
  'text',
  { ...batch, process: '2' },
  { ...batch, instance: undefined },
  { ...batch, vu: -1 },
  { ...batch, sequence: 0.5 },
  { ...batch, records: {} },
  { ...batch, records: [null] },
  { ...batch, records: [{ ...end, type: 'verdict' }] },
  { ...batch, records: [{ ...end, process: 3 }] },
  { ...batch, records: [{ ...end, vu: 2 }] },
])('%j is no batch of a process', (data) => {
  expect(batchIn(data)).toBeUndefined();
});
