import { expect, test } from 'vitest';
import { heartbeatFaults } from './heartbeat-faults.ts';
import { createTally, enterRecord } from './tally.ts';

const rampMs = 2_000;

/** Heartbeats of one VU at these times, each received so much later. */
function faultsOf({ startMs = -rampMs, beatsMs = [-1_500, -500, 500, 1_500], transitMs = 3 }) {
  const tally = createTally();
  const origin = { process: 2, vu: 1 };
  enterRecord(tally, { type: 'start', ...origin, atMs: startMs });
  for (const [number, atMs] of beatsMs.entries()) {
    const counted = { online: 1, counters: {}, errors: {}, latencies: {} };
    enterRecord(tally, { type: 'second', ...origin, number, atMs, ...counted }, atMs + transitMs);
  }
  return heartbeatFaults(tally, rampMs);
}

test('regular heartbeats are no fault', () => {
  expect(faultsOf({})).toEqual([]);
  expect(heartbeatFaults(createTally(), rampMs)).toEqual([]);
});

test.each([
  ['begins late', { startMs: 500 }, 'k6-Prozess 2 begann 2,5 s zu spät.'],
  ['falls silent', { beatsMs: [-1_500, 4_000] }, 'k6-Prozess 2 schwieg bis zu 5,5 s lang.'],
  ['has a clock that is ahead', { transitMs: -150 }, 'Die Uhr von k6-Prozess 2 geht um 0,2 s anders.'],
  ['has a clock that is behind', { transitMs: 60_000 }, 'Die Uhr von k6-Prozess 2 geht um -60 s anders.'],
])('a process that %s is named', (_what, change, fault) => {
  expect(faultsOf(change)).toEqual([fault]);
});
