import { act, succeeds } from '../act.ts';
import { roomPath, type UserState } from '../user-state.ts';

/** A receipt and the marker of what was read; while one is under way, any number of later ones become one. */
export function read(user: UserState, room: number, atMs?: number): Promise<boolean> {
  user.reading ??= new Map();
  const { reading } = user;
  if (reading.has(room)) {
    reading.set(room, true);
    return Promise.resolve(true);
  }
  reading.set(room, false);
  return act(user, 'read', atMs, () => mark(user, room)).then((done) => {
    const another = reading.get(room) === true;
    reading.delete(room);
    return another ? read(user, room) : done;
  });
}

async function mark(user: UserState, room: number): Promise<boolean> {
  const newest = user.newest[room];
  if (newest === undefined) return false;
  const body = JSON.stringify({ 'm.fully_read': newest, 'm.read': newest });
  return await succeeds(user, { name: 'readMarkers', path: `${roomPath(user, room)}/read_markers`, body });
}
