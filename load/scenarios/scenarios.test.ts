import { expect, test } from 'vitest';
import { backPagination } from './back-pagination.scenario.ts';
import { idleFloor } from './idle-floor.scenario.ts';
import { keyRestore } from './key-restore.scenario.ts';
import { keyRotation } from './key-rotation.scenario.ts';
import { officeDay } from './office-day.scenario.ts';
import { searchDirectory } from './search-directory.scenario.ts';
import { smoke } from './smoke.scenario.ts';
import type { VirtualUser } from './virtual-user.ts';

const scenarios = [officeDay, smoke, idleFloor, backPagination, searchDirectory, keyRotation, keyRestore].map(
  (scenario) => [scenario.meta.id, scenario] as const,
);
const preparingS = 60;

/** A person for whom everything is done at once; returns what that person did, in order. */
async function did(live: (user: VirtualUser) => Promise<void>, index: number): Promise<string[]> {
  const done: string[] = [];
  const known: Partial<VirtualUser> = {
    index,
    arrivalMs: -1_000,
    durationMs: 60_000,
    people: 20,
    rooms: 3,
    messages: [1_000, 2_000].map((atMs, sequence) => ({ atMs, room: 0, sequence, ciphertextCharacters: 400 })),
    draw: () => 0.5,
    moments: () => [5_000, 6_000],
    until: async () => {},
  };
  const user = new Proxy(known, {
    get: (target, name: keyof VirtualUser) =>
      target[name] ??
      (async () => {
        done.push(name);
      }),
  });
  await live(user as VirtualUser);
  return done;
}

test.each(scenarios)(
  '%s brings everybody online, lets all write and ends by waiting for what is to come',
  async (_id, { live, scales }) => {
    for (let index = 0; index < 20; index++) {
      const done = await did(live, index);
      expect(done).toContain('goOnline');
      expect(done.at(-1)).toBe('drain');
      const writes = done.filter((name) => name === 'send' || name === 'attach').length;
      expect(writes).toBe(scales.campaign.compression === 0 ? 0 : 2);
    }
  },
);

test.each(scenarios)('%s is over before its time, and its proof within two minutes', (_id, { meta, scales }) => {
  for (const { rampS, durationS, drainS } of Object.values(scales)) {
    expect(1_000 * (preparingS + rampS + durationS + drainS)).toBeLessThanOrEqual(meta.timeoutMs);
  }
  const { rampS, durationS, drainS } = scales.proof;
  expect(rampS + durationS + drainS).toBeLessThanOrEqual(120);
});

test.each(scenarios)('%s has a level for what it asks samples of', (_id, { levels, scales }) => {
  for (const { minimumActions = {} } of Object.values(scales)) {
    expect(Object.keys(levels.actions ?? {})).toEqual(expect.arrayContaining(Object.keys(minimumActions)));
  }
});
