import { expect, test } from 'vitest';
import type { Bench } from '../../../core/model/bench.ts';
import { type Text, textIn } from '../../../core/model/text.ts';
import { enterPeople } from './enter-people.ts';
import type { Entrance } from './login-way.ts';
import { openProvisioningJournal } from './provisioning-journal.ts';

const head = { homeserverUrl: 'https://hs1', login: 'password', users: 3, roomsHash: '' };
const idOf = (user: number) => `@user-${user}:hs1`;
const sessionOf = (userId: string, accessToken = 'first') => ({ userId, deviceId: 'D', accessToken });

/** A homeserver that answers every question for a session's owner with this status. */
const benchAnswering = (status: number): Bench =>
  ({
    target: { homeserverUrl: 'https://hs1' },
    send: async () => ({ status, headers: {}, bytes: new Uint8Array(), text: () => '{}' }),
  }) as unknown as Bench;

function noting(): { readonly done: string[]; readonly entrance: Entrance } {
  const done: string[] = [];
  const entrance: Entrance = {
    create: async (user) => {
      done.push(`create ${user}`);
      return { userId: idOf(user) };
    },
    enter: async (userId) => {
      done.push(`enter ${userId}`);
      return sessionOf(userId, 'second');
    },
  };
  return { done, entrance };
}

const wish = { users: 3, label: 'load', tell: () => {} };

test('who has an account but no session only enters, and who has both is left alone', async () => {
  const journal = openProvisioningJournal(head);
  for (const user of [0, 1]) journal.note({ type: 'account', user, userId: idOf(user) });
  journal.note({ type: 'session', user: 0, session: sessionOf(idOf(0)) });
  const { done, entrance } = noting();
  const sessions = await enterPeople({ ...wish, bench: benchAnswering(200), entrance, journal });
  expect(done.toSorted()).toEqual(['create 2', 'enter @user-1:hs1', 'enter @user-2:hs1']);
  expect(sessions.map(({ userId }) => userId)).toEqual([idOf(0), idOf(1), idOf(2)]);
});

test('sessions that ended in between are begun anew with the same accounts', async () => {
  const journal = openProvisioningJournal(head);
  for (const user of [0, 1, 2]) {
    journal.note({ type: 'account', user, userId: idOf(user) });
    journal.note({ type: 'session', user, session: sessionOf(idOf(user)) });
  }
  const { done, entrance } = noting();
  const sessions = await enterPeople({ ...wish, bench: benchAnswering(401), entrance, journal });
  expect(done).toHaveLength(3);
  expect(sessions.every(({ accessToken }) => accessToken === 'second')).toBe(true);
});

test('the end is told with the speed', async () => {
  const told: string[] = [];
  const tell = (text: Text) => told.push(textIn('en', text));
  const journal = openProvisioningJournal(head);
  await enterPeople({ ...wish, tell, bench: benchAnswering(200), entrance: noting().entrance, journal });
  expect(told.slice(0, -1)).toEqual(['1/3 accounts', '2/3 accounts']);
  expect(told.at(-1)).toMatch(/^3 accounts in \d+\.\d s \(\d+ per second\)$/);
});
