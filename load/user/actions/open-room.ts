import { act, succeeds } from '../act.ts';
import { roomPath, type UserState } from '../user-state.ts';
import { loadMembers } from './load-members.ts';

const lazy = encodeURIComponent(JSON.stringify({ lazy_load_members: true }));

/** Element asks for the members once, for what surrounds the place read up to, and for enough messages to fill the screen. */
export function openRoom(user: UserState, room: number, atMs?: number): Promise<boolean> {
  return act(user, 'openRoom', atMs, async () => {
    followClosely(user, room);
    const parts = [messages(user, room), around(user, room)];
    if (!user.opened.includes(room)) parts.push(loadMembers(user, room));
    return !(await Promise.all(parts)).includes(false);
  });
}

/** With sliding sync an opened room is asked for by name. */
function followClosely({ sliding, row }: UserState, room: number): void {
  const roomId = row.rooms[room]?.roomId;
  if (sliding !== undefined && roomId !== undefined && !sliding.subscribed.includes(roomId)) {
    sliding.subscribed.push(roomId);
  }
}

function messages(user: UserState, room: number): Promise<boolean> {
  const path = `${roomPath(user, room)}/messages?dir=b&limit=20&filter=${lazy}`;
  return succeeds(user, { name: 'messages', path });
}

async function around(user: UserState, room: number): Promise<boolean> {
  const newest = user.newest[room];
  if (newest === undefined) return true;
  const path = `${roomPath(user, room)}/context/${encodeURIComponent(newest)}?limit=6&filter=${lazy}`;
  return await succeeds(user, { name: 'context', path });
}
