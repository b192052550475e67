import { expect, test } from 'vitest';
import { createMeter } from './meter.ts';

const origin = { process: 2, vu: 1 };

test('each record holds what came since the one before', () => {
  const meter = createMeter();
  meter.count('sends');
  meter.count('syncBytes', 500);
  meter.fail('sync 502');
  meter.record('delivery', 12.4);
  meter.record('delivery', 11.6);
  meter.record('delivery', 40);
  meter.changeOnline(1);
  expect(meter.take(origin, 1_000)).toEqual({
    type: 'second',
    process: 2,
    vu: 1,
    number: 0,
    atMs: 1_000,
    online: 1,
    counters: { sends: 1, syncBytes: 500 },
    errors: { 'sync 502': 1 },
    latencies: { delivery: [12, 2, 40, 1] },
  });
  expect(meter.take(origin, 2_000)).toMatchObject({ number: 1, online: 1, counters: {}, errors: {}, latencies: {} });
  expect(meter.taken).toBe(2);
});

test('latencies keep three digits at least and are never negative', () => {
  const meter = createMeter();
  for (const ms of [-3, 9_999, 12_344, 12_336]) meter.record('send', ms);
  expect(meter.take(origin, 0).latencies.send).toEqual([0, 1, 9_999, 1, 12_340, 2]);
});
