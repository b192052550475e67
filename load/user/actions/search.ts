import { act, succeeds } from '../act.ts';
import { choiceOf } from '../choices.ts';
import { roomPath, type UserState } from '../user-state.ts';

/** Names differ at their end; a part that many share makes the homeserver sort many. */
const termCharacters = 8;

export function searchPeople(user: UserState, atMs?: number): Promise<boolean> {
  const name = user.row.userId.slice(1).split(':')[0] ?? '';
  const from = choiceOf(user, `term ${atMs}`).below(Math.max(1, name.length - termCharacters));
  const body = { search_term: name.slice(from, from + termCharacters), limit: 10 };
  return act(user, 'searchPeople', atMs, () =>
    succeeds(user, {
      name: 'userDirectory',
      path: '/_matrix/client/v3/user_directory/search',
      body: JSON.stringify(body),
    }),
  );
}

export function searchRooms(user: UserState, atMs?: number): Promise<boolean> {
  const body = JSON.stringify({ limit: 20, filter: { generic_search_term: 'referat' } });
  return act(user, 'searchRooms', atMs, () =>
    succeeds(user, { name: 'publicRooms', path: '/_matrix/client/v3/publicRooms', body }),
  );
}

/** Finds nothing in encrypted rooms; the homeserver has to look all the same. */
export function searchMessages(user: UserState, atMs?: number): Promise<boolean> {
  const room_events = {
    search_term: 'vorlage',
    keys: ['content.body'],
    order_by: 'recent',
    filter: { limit: 10, rooms: user.row.rooms.map(({ roomId }) => roomId) },
  };
  const body = JSON.stringify({ search_categories: { room_events } });
  return act(user, 'searchMessages', atMs, () =>
    succeeds(user, { name: 'search', path: '/_matrix/client/v3/search', body }),
  );
}

export function browseSpace(user: UserState, room: number, atMs?: number): Promise<boolean> {
  return act(user, 'browseSpace', atMs, () =>
    succeeds(user, {
      name: 'hierarchy',
      path: `${roomPath(user, room, 'v1')}/hierarchy?limit=20&suggested_only=false`,
    }),
  );
}

export function viewProfile(user: UserState, atMs?: number): Promise<boolean> {
  return act(user, 'viewProfile', atMs, () =>
    succeeds(user, {
      name: 'profile',
      path: `/_matrix/client/v3/profile/${encodeURIComponent(user.row.userId)}`,
      tolerated: 404,
    }),
  );
}
