import type { Session } from '../../../core/model/bench.ts';
import { call, objectOrNothing } from '../../accounts/matrix-call.ts';
import type { Connection } from './connection.ts';

/** Rooms an account has anything to do with: is in, is invited to, knocks at, or has left and not forgotten. */
export type Belongings = ReadonlySet<string>;

const nothingButRooms = JSON.stringify({
  room: {
    include_leave: true,
    timeline: { limit: 1 },
    state: { types: [] },
    ephemeral: { types: [] },
    account_data: { types: [] },
  },
  presence: { types: [] },
  account_data: { types: [] },
});

const sections = ['join', 'invite', 'knock', 'leave'];

let asked = 0;

/** Undefined where the target does not say. */
export async function belongingsOf(
  { send, homeserverUrl }: Pick<Connection, 'send' | 'homeserverUrl'>,
  { accessToken }: Session,
): Promise<Belongings | undefined> {
  // A homeserver may keep an answer for whoever asks the same again: every question is another one, by a millisecond.
  const query = new URLSearchParams({ timeout: String(asked++ % 1_000), filter: nothingButRooms });
  const url = `${homeserverUrl}/_matrix/client/v3/sync?${query}`;
  const answer = await call(send, { method: 'GET', url, token: accessToken });
  if (answer.status !== 200) return undefined;
  const rooms = objectOrNothing(answer)?.['rooms'];
  return new Set(sections.flatMap((section) => Object.keys(memberOf(rooms, section))));
}

function memberOf(value: unknown, key: string): object {
  const member: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof member === 'object' && member !== null ? member : {};
}
