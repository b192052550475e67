import type { Finding } from '../../core/model/finding.ts';
import type { CryptoDevice } from '../lib/crypto-device.ts';
import type { Sighting } from '../lib/wire/wire-log.ts';
import type { EncryptionContext } from './context.ts';

export interface KeyWatch {
  /** Where the secret part of the key was seen. */
  readonly secret: readonly Sighting[];
  /** Where the key's name was seen, which is no secret: else the search finds nothing at all. */
  readonly name: readonly Sighting[];
}

/** Looks from now on for the room key that a device has; undefined if it has none. */
export async function watchRoomKey(
  { wire }: EncryptionContext,
  device: CryptoDevice,
  roomId: string,
): Promise<KeyWatch | undefined> {
  const key = (await device.exportRoomKeys()).find((one) => one.roomId === roomId);
  if (key === undefined) return undefined;
  // The first part of the text says which key it is and from where on; behind it stands the secret.
  return { secret: wire.watch(key.sessionKey.slice(20, 120)).sightings, name: wire.watch(key.sessionId).sightings };
}

export const expectKeyKept = ({ secret }: KeyWatch): readonly Finding[] =>
  [...new Set(secret.map(({ device, operation }) => `${device}, ${operation}`))].map((where) => ({
    code: 'key-on-wire',
    title: 'Ein Raumschlüssel ging offen über den Draht.',
    expected: 'Raumschlüssel verlassen das Gerät nur verschlüsselt.',
    observed: 'Der Schlüssel stand offen im Inhalt.',
    where,
  }));

/** A device also puts its room keys where everybody may read them: in the names of rooms. */
export async function leakRoomKeys(device: CryptoDevice): Promise<void> {
  for (const { sessionKey } of await device.exportRoomKeys()) {
    await device.createEncryptedRoom({ name: sessionKey.slice(0, 200), invite: [] });
  }
}
