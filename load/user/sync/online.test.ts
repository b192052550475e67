import { expect, test } from 'vitest';
import { fakeUser } from '../user.fixture.ts';
import { finishPolling, goOffline, goOnline } from './online.ts';
import { message, seenBy, v2 } from './sync.fixture.ts';

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
