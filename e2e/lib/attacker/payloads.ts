import type { DeviceKeys, ForwardedKey } from '../crypto-device.ts';
import type { MegolmSession } from './megolm-session.ts';

export const megolm = 'm.megolm.v1.aes-sha2';

/** How the owner of a session tells its key. */
export const roomKeyOf = (session: MegolmSession, roomId: string) => ({
  algorithm: megolm,
  room_id: roomId,
  session_id: session.id,
  session_key: session.sharedKey,
});

/** How somebody passes on the key of a session that is said to be of the device with those keys. */
export const forwardedKeyOf = (session: MegolmSession, roomId: string, owner: DeviceKeys) => ({
  algorithm: megolm,
  room_id: roomId,
  session_id: session.id,
  session_key: session.exportedKey,
  sender_key: owner.curve25519,
  sender_claimed_ed25519_key: owner.ed25519,
  forwarding_curve25519_key_chain: [],
});

/** The same for a device that takes keys however they are told. */
export const toldKeyOf = (session: MegolmSession, roomId: string, owner: DeviceKeys): ForwardedKey => ({
  roomId,
  sessionId: session.id,
  sessionKey: session.exportedKey,
  owner,
});

/** A message of the room, encrypted in a session. */
export const messageIn = (session: MegolmSession, roomId: string, text: string) => ({
  ...session.encrypt({ type: 'm.room.message', room_id: roomId, content: { msgtype: 'm.text', body: text } }),
});
