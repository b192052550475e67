import { expect, test } from 'vitest';
import type { Bench } from '../../core/model/bench.ts';
import { countLimited, createRoom, enter } from './matrix.ts';

/** Accounts that are made on demand: exempt ones for the bench, limited ones for people. */
export function accountsOnDemand(bench: () => Bench): void {
  test('a person meets the limit of messages, a bench account does not', async () => {
    const [alice, bob] = [await enter(bench(), 'alice'), await enter(bench(), 'bob', 'ordinary')];
    expect(await countLimited(alice, await createRoom(alice), 25)).toBe(0);
    expect(await countLimited(bob, await createRoom(bob), 14)).toBeGreaterThanOrEqual(2);
  });

  test('a bench account makes rooms, invites and joins without meeting a limit', async () => {
    const [alice, bob] = [await enter(bench(), 'alice'), await enter(bench(), 'bob')];
    const statuses = new Set<number>();
    for (let number = 0; number < 12; number++) {
      const roomId = encodeURIComponent(await createRoom(alice, { visibility: 'private' }));
      const invited = await alice.request('POST', `/rooms/${roomId}/invite`, { user_id: bob.session.userId });
      const joined = await bob.request('POST', `/join/${roomId}`, {});
      statuses.add(invited.status).add(joined.status);
    }
    expect([...statuses]).toEqual([200]);
  });

  test('many people enter one after another, each from a machine of their own', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => enter(bench(), 'carol', 'ordinary')));
    expect(new Set(people.map(({ session }) => session.userId)).size).toBe(8);
  });

  test('accounts for load are made many at a time and listed', async () => {
    const accounts = await bench().accounts.leaseMany('load', 20);
    expect(new Set(accounts.map(({ userId }) => userId)).size).toBe(20);
    for (const { userId, kind } of accounts) expect(bench().accounts.created).toContainEqual({ userId, kind });
  });
}
