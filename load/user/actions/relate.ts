import { act } from '../act.ts';
import { callPatiently } from '../http/homeserver.ts';
import { eventIdIn } from '../sending.ts';
import { roomPath, type UserState } from '../user-state.ts';

/** Ciphertext of an edit holds the text twice, for clients that know no edits. */
const editCharacters = 800;

/** Reactions are not encrypted, not even in encrypted rooms. */
export function react(user: UserState, room: number, atMs?: number): Promise<boolean> {
  return relate(user, { room, atMs, action: 'react', target: user.newest[room], type: 'm.reaction' }, (event_id) => ({
    'm.relates_to': { rel_type: 'm.annotation', event_id, key: '👍' },
  }));
}

export function edit(user: UserState, room: number, atMs?: number): Promise<boolean> {
  const { filler } = user.shared;
  return relate(user, { room, atMs, action: 'edit', target: user.own[room], type: 'm.room.encrypted' }, (event_id) => ({
    algorithm: 'm.megolm.v1.aes-sha2',
    ciphertext: filler(editCharacters),
    device_id: user.deviceId,
    sender_key: filler(43),
    session_id: filler(43),
    'm.relates_to': { rel_type: 'm.replace', event_id },
  }));
}

interface Relation {
  readonly action: 'react' | 'edit';
  readonly room: number;
  readonly atMs: number | undefined;
  readonly type: string;
  /** The event it is about; without one nothing happens. */
  readonly target: string | undefined;
}

async function relate(user: UserState, relation: Relation, content: (eventId: string) => object): Promise<boolean> {
  const { action, room, atMs, type, target } = relation;
  if (target === undefined) return false;
  return await act(user, action, atMs, async () => {
    const path = `${roomPath(user, room)}/send/${type}/${user.shared.random.word(12)}`;
    const { status, body } = await callPatiently(user, { name: 'send', path, body: JSON.stringify(content(target)) });
    return status === 200 && eventIdIn(body) !== undefined;
  });
}
