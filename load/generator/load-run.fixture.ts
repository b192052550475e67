import { defaultServiceLevels } from '../scenarios/service-levels.ts';
import type { K6Run } from './k6-process.ts';
import type { LoadRun } from './load-run.ts';
import { createTally, enterRecord, type Tally } from './tally.ts';

const users = 20;

/** 20 people who sent 40 messages; 360 deliveries of 200 ms, answers after 100 ms. */
export function goodTally(): Tally {
  const tally = createTally();
  enterRecord(tally, { type: 'start', process: 1, vu: 1, atMs: -2_000 });
  enterRecord(tally, {
    type: 'second',
    process: 1,
    vu: 1,
    number: 0,
    atMs: 1_000,
    online: users,
    counters: { requests: 500, polls: 460, sends: 40, sent: 40, syncBytes: 102_400 },
    errors: {},
    latencies: {
      delivery: [200, 360],
      deliveryActual: [199, 360],
      send: [100, 40],
      sendActual: [99, 40],
      lag: [3, 20],
    },
  });
  for (let user = 0; user < users; user++) {
    const rooms = [{ seen: 18, duplicated: 0, outOfOrder: 0 }];
    enterRecord(tally, {
      type: 'user',
      process: 1,
      vu: 1,
      user,
      onlineAtMs: -500,
      offlineAtMs: 17_000,
      unconfirmed: [],
      rooms,
    });
  }
  enterRecord(tally, { type: 'end', process: 1, vu: 1, seconds: 1 });
  return tally;
}

export const nothingLost = {
  messages: 40,
  unconfirmed: 0,
  planned: 360,
  seen: 360,
  lost: 0,
  duplicated: 0,
  outOfOrder: 0,
  neverOnline: 0,
  unreachable: 0,
};

export const goodProcess: K6Run = {
  process: 1,
  exitCode: 0,
  endedBy: 'itself',
  messages: [],
  usage: { peakKib: 60_000, usersKib: 2_000, cpuCores: 0.1 },
};

/** A run that passes, but for what is given. */
export function loadRun(changed: Partial<LoadRun> = {}): LoadRun {
  return {
    scenario: { levels: defaultServiceLevels },
    scale: { users, rampS: 2, durationS: 16, drainS: 4, compression: 500, minimumSamples: 100 },
    tally: goodTally(),
    deliveries: nothingLost,
    processes: [goodProcess],
    vus: 1,
    bundleBytes: 11_000,
    machineCores: 2,
    provisioning: { durationMs: 3_000, joins: 36, joinMs: 1_800 },
    ...changed,
  };
}
