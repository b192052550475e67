import { succeeds } from '../act.ts';
import { roomPath, type UserState } from '../user-state.ts';

/** About a working message of 60 characters. */
const ciphertextCharacters = 447;

/** Messages that nobody accounts for, one after another. */
export async function leaveHistory(user: UserState, room: number, messages: number): Promise<void> {
  const { filler, random } = user.shared;
  for (let count = 0; count < messages; count++) {
    const body = JSON.stringify({
      algorithm: 'm.megolm.v1.aes-sha2',
      ciphertext: filler(ciphertextCharacters),
      device_id: user.deviceId,
      sender_key: filler(43),
      session_id: filler(43),
    });
    const path = `${roomPath(user, room)}/send/m.room.encrypted/${random.word(12)}`;
    if (!(await succeeds(user, { name: 'send', path, body }))) return;
  }
}
