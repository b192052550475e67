import type { Finding } from '../../../core/model/finding.ts';
import { attackedBy } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { WireDelivery } from '../../lib/wire/wire-deliveries.ts';
import type { EncryptionContext } from '../context.ts';
import { catchUp, deliver } from '../meeting.ts';
import { type ScriptedDevice, scriptDevice, withScriptedDevices } from './scripted-device.ts';

export interface OfferedDevice {
  /** German: what is wrong with it. */
  readonly what: string;
  readonly device: ScriptedDevice;
}

export type Offer =
  | { readonly kind: 'void'; readonly reason: string }
  | {
      readonly kind: 'done';
      /** What came of the message at bob's true device. */
      readonly received: readonly Finding[];
      /** What is wrong with the devices that got ciphertext, or what they are called. */
      readonly reached: readonly string[];
    };

/**
 * The homeserver puts devices beside bob's own, first a sound one alone, then another sound one with those that are not.
 * Void unless the sound ones get ciphertext: only then it means something that the others get none.
 */
export async function offerDevices(
  context: EncryptionContext,
  devicesFor: (userId: string) => readonly OfferedDevice[],
): Promise<Offer> {
  let scripted: readonly ScriptedDevice[] = [];
  const [bob, alice] = await Promise.all([
    context.device('bob'),
    context.device('alice', { between: attackedBy((seen) => withScriptedDevices(seen, scripted)) }),
  ]);
  const sound = (deviceId: string) => scriptDevice({ userId: bob.userId, deviceId });
  const [first, second] = [sound('EINWANDFREI'), sound('AUCHEINWANDFREI')];
  scripted = [first];
  const name = `Prüfraum ${context.random.word(12)}`;
  const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
  await bob.joinRoom(roomId);
  await alice.waitForMember(roomId, bob.userId);
  await alice.sendText(roomId, `Vorher ${context.random.word(12)}`);
  if (!reachedBy(alice, context.wire.deliveries).has(first.deviceId)) return { kind: 'void', reason: nothingForSound };

  const offered = devicesFor(bob.userId);
  scripted = [first, second, ...offered.map(({ device }) => device)];
  if (!(await catchUp(context, { alice, carol: bob, roomId })))
    return { kind: 'void', reason: 'void: alice empfing nichts mehr.' };
  const since = context.wire.deliveries.length;
  const received = await deliver({ from: alice, to: bob, roomId, text: `Nachher ${context.random.word(12)}` });
  const got = reachedBy(alice, context.wire.deliveries.slice(since));
  if (!got.has(second.deviceId)) return { kind: 'void', reason: nothingForSound };
  const expected = new Set([bob.deviceId, first.deviceId, second.deviceId]);
  const names = new Map(offered.map(({ what, device }) => [device.deviceId, what]));
  const reached = [...got].filter((id) => !expected.has(id)).map((id) => names.get(id) ?? `Gerät ${id}`);
  return { kind: 'done', received, reached };
}

const nothingForSound = 'void: Auch ein einwandfreies Gerät bekam keinen Geheimtext.';

/** Ids of the devices a device sent ciphertext to, `*` for all of a person. */
const reachedBy = ({ person }: CryptoDevice, deliveries: readonly WireDelivery[]): ReadonlySet<string> =>
  new Set(
    deliveries
      .filter(({ device, type }) => device === person && type === 'm.room.encrypted')
      .flatMap(({ recipients }) => recipients.map(({ deviceId }) => deviceId)),
  );

/** Writes to every device of a room, whatever its keys; for counterexamples. */
export const writingUnchecked = (device: CryptoDevice): Partial<CryptoDevice> => ({
  sendText: async (roomId, text) => {
    const content = { algorithm: 'm.olm.v1.curve25519-aes-sha2' };
    const messages = Object.fromEntries((await device.membersOf(roomId)).map((userId) => [userId, { '*': content }]));
    const eventId = await device.sendText(roomId, text);
    const path = `/sendToDevice/m.room.encrypted/${encodeURIComponent(eventId)}`;
    await device.askPastLibrary('PUT', path, { messages });
    return eventId;
  },
});
