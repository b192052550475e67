import { expect, test } from 'vitest';
import { fakeUser } from '../user.fixture.ts';
import { finishPolling, goOffline, goOnline } from './online.ts';
import { pollRoomList } from './poll-sliding.ts';
import { pollV2 } from './poll-v2.ts';
import { message, seenBy, sliding, v2 } from './sync.fixture.ts';

test('messages of the time offline are caught up with and not timed', async () => {
  const events = { events: [message(0, 5)] };
  const { user, told } = fakeUser((_request, count) => {
    user.shared.clock.pause(70_000);
    return count === 1 ? v2('one', events) : v2('two');
  });
  await goOnline(user, {});
  expect(told()).toMatchObject({ counters: { seenLater: 1 }, latencies: { goOnline: [70_000, 1] } });
  expect(seenBy(user)[0]).toMatchObject({ seen: 1 });
});

test('who comes back asks from where the person left, or all over again with a lost cache', async () => {
  const { user, asked, told } = fakeUser(({ url }) => {
    // Each poll takes its time, so that the run comes to its end.
    user.shared.clock.pause(url.includes('since') ? 30_000 : 10);
    return v2('one');
  });
  await goOnline(user, {});
  goOffline(user);
  expect(user.leftAtMs).toBeDefined();
  await goOnline(user, { atMs: 0 });
  expect(user.leftAtMs).toBeUndefined();
  finishPolling(user);
  await user.polling;
  expect(asked.map(({ url }) => /since=(\w+)/.exec(url)?.[1]).slice(0, 3)).toEqual([undefined, 'one', 'one']);
  expect(Object.keys(told().latencies)).toEqual(expect.arrayContaining(['goOnline', 'catchUp']));
});

test.each(['v2', 'sliding'] as const)('who leaves while a gap is filled sees each message once (%s)', async (sync) => {
  let polls = 0;
  const { user } = fakeUser(({ name }) => {
    if (name === 'messages') {
      // The app is closed now, and opened again at once.
      goOffline(user);
      return { json: { start: 's', chunk: [message(1), message(0)] } };
    }
    polls++;
    const timeline = polls === 1 ? [message(0)] : [message(2)];
    const shown = { limited: polls === 2, prev_batch: 'p', timeline, events: timeline };
    return sync === 'v2' ? v2(`p${polls}`, shown) : sliding(`p${polls}`, shown);
  });
  const poll = sync === 'v2' ? pollV2 : pollRoomList;
  await poll(user);
  Object.assign(user, { onlineSinceMs: 0 });
  expect(await poll(user)).toBe(false);
  expect(seenBy(user)[0]).toMatchObject({ seen: 1, duplicated: 0 });
  expect(sync === 'v2' ? user.since : user.sliding?.roomListPos).toBe('p1');
});
