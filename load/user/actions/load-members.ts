import { callPatiently } from '../http/homeserver.ts';
import { roomPath, type UserState } from '../user-state.ts';

interface MembersBody {
  readonly chunk?: readonly { readonly state_key?: string; readonly content?: { readonly membership?: string } }[];
}

/** Everybody of the room, once for each person; who was found is kept once for the VU. */
export async function loadMembers(user: UserState, room: number): Promise<boolean> {
  const path = `${roomPath(user, room)}/members?not_membership=leave`;
  const { status, body } = await callPatiently(user, { name: 'members', path });
  if (status !== 200) return false;
  const { chunk = [] }: MembersBody = body ?? {};
  const members = chunk.flatMap(({ state_key, content }) =>
    state_key !== undefined && content?.membership === 'join' ? [state_key] : [],
  );
  user.shared.directory.members.set(user.row.rooms[room]?.roomId ?? '', members);
  if (!user.opened.includes(room)) user.opened.push(room);
  return true;
}

/** Asked for where this person has not yet. */
export async function membersOf(user: UserState, room: number): Promise<readonly string[]> {
  if (!user.opened.includes(room)) await loadMembers(user, room);
  return user.shared.directory.members.get(user.row.rooms[room]?.roomId ?? '') ?? [];
}
