import { Buffer } from 'node:buffer';
import type { Finding } from '../../../core/model/finding.ts';
import type { CryptoDevice, RoomKey } from '../../lib/crypto-device.ts';

/** The first message a room key opens: an exported Megolm key begins with its version and this number. */
export const firstIndexOf = ({ sessionKey }: Pick<RoomKey, 'sessionKey'>): number =>
  Buffer.from(sessionKey, 'base64').readUInt32BE(1);

/** The same key as it would be from its first message on; its secret part is not the one that belongs to it. */
export function fromTheStart(key: RoomKey): RoomKey {
  const bytes = Buffer.from(key.sessionKey, 'base64');
  bytes.writeUInt32BE(0, 1);
  return { ...key, sessionKey: bytes.toString('base64').replace(/=+$/, '') };
}

export interface PastKey {
  /** Who must not be able to read the past. */
  readonly holder: CryptoDevice;
  /** The session of the messages from before. */
  readonly sessionId: string | undefined;
  /** How many messages of that session were sent before. */
  readonly sentBefore: number;
  readonly where: string;
}

/** A key opens what comes after it was given, and nothing before. */
export async function expectNoPastKey({ holder, sessionId, sentBefore, where }: PastKey): Promise<readonly Finding[]> {
  const held = (await holder.exportRoomKeys()).filter((key) => key.sessionId === sessionId);
  const first = Math.min(...held.map(firstIndexOf));
  if (first >= sentBefore) return [];
  return [
    {
      code: 'past-key-given',
      title: 'Ein Gerät besitzt einen Schlüssel zu Nachrichten, die es nicht lesen soll.',
      expected: 'Der Schlüssel öffnet frühestens die Nachricht, mit der er vergeben wurde.',
      observed: `Der Schlüssel öffnet den Verlauf ab Nachricht ${first + 1} von ${sentBefore}.`,
      where,
    },
  ];
}
