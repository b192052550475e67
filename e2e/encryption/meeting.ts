import type { Finding } from '../../core/model/finding.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { type Alteration, attackedBy } from '../lib/alteration.ts';
import type { CryptoDevice, MessageState, NewRoom } from '../lib/crypto-device.ts';
import type { EncryptionContext } from './context.ts';

export interface Meeting {
  readonly alice: CryptoDevice;
  readonly bob: CryptoDevice;
  readonly roomId: string;
}

/** Alice has created an encrypted room with this name, bob is in it, and both know of each other. An attack acts on what both are answered. */
export async function meetInEncryptedRoom(
  context: EncryptionContext,
  roomName: string,
  room: Omit<NewRoom, 'name' | 'invite'> = {},
  attack?: Alteration,
): Promise<Meeting> {
  const wish = attack === undefined ? {} : { between: attackedBy(attack) };
  const [alice, bob] = await Promise.all([context.device('alice', wish), context.device('bob', wish)]);
  const roomId = await alice.createEncryptedRoom({ ...room, name: roomName, invite: [bob.userId] });
  await bob.joinRoom(roomId);
  await alice.waitForMember(roomId, bob.userId);
  return { alice, bob, roomId };
}

export interface Trio extends Meeting {
  /** Stays in the room; what she sends comes after what happened before. */
  readonly carol: CryptoDevice;
}

/** Three people in an encrypted room of alice's, all of whom know of each other. */
export async function threeInEncryptedRoom(
  context: EncryptionContext,
  room: Omit<NewRoom, 'name' | 'invite'> = {},
  attack?: Alteration,
): Promise<Trio> {
  const wish = attack === undefined ? {} : { between: attackedBy(attack) };
  const [alice, bob, carol] = await Promise.all(
    ['alice', 'bob', 'carol'].map((person) => context.device(person, wish)),
  );
  if (alice === undefined || bob === undefined || carol === undefined)
    throw new RigError('defect', 'a device is missing');
  const name = `Prüfraum ${context.random.word(12)}`;
  const roomId = await alice.createEncryptedRoom({ ...room, name, invite: [bob.userId, carol.userId] });
  await Promise.all([bob, carol].map((guest) => guest.joinRoom(roomId)));
  await Promise.all([bob, carol].map((guest) => alice.waitForMember(roomId, guest.userId)));
  return { alice, bob, carol, roomId };
}

/** Resolves when the device has seen everything that happened in the room before; false at the deadline. */
export async function catchUp(
  context: EncryptionContext,
  { alice, carol, roomId }: Pick<Trio, 'alice' | 'carol' | 'roomId'>,
): Promise<boolean> {
  const text = `Marke ${context.random.word(12)}`;
  await carol.sendText(roomId, text);
  return (await alice.waitForText(roomId, text)) !== undefined;
}

/** Two words that turn up nowhere by chance: one to be kept secret, one for a room name, which Matrix does not encrypt. */
export const wordsFrom = ({ random }: EncryptionContext) => ({
  canary: `kanarienwort${random.word(20)}`,
  control: `kontrollwort${random.word(20)}`,
});

export interface Delivery {
  readonly from: CryptoDevice;
  readonly to: CryptoDevice;
  readonly roomId: string;
  readonly text: string;
}

/** Sends and returns what the other side made of it: a finding unless it was decrypted to the same text. */
export async function deliver(delivery: Delivery): Promise<readonly Finding[]> {
  const { from, roomId, text } = delivery;
  return read({ ...delivery, eventId: await from.sendText(roomId, text) });
}

/** The same for a message that was sent before. */
export async function read(delivery: Delivery & { readonly eventId: string }): Promise<readonly Finding[]> {
  const { from, to, roomId, text, eventId } = delivery;
  const state = await to.waitForMessage(roomId, eventId);
  if (state.kind === 'decrypted' && state.text === text) return [];
  return [
    {
      code: 'not-decrypted',
      title: 'Die Nachricht kommt auf der anderen Seite nicht entschlüsselt an.',
      expected: 'Das empfangende Gerät entschlüsselt die Nachricht zum gesendeten Text.',
      observed: describe(state),
      where: `${from.person} → ${to.person}`,
    },
  ];
}

function describe(state: MessageState): string {
  switch (state.kind) {
    case 'decrypted':
      return 'Die Nachricht wurde entschlüsselt, aber zu einem anderen Text.';
    case 'plain':
      return 'Die Nachricht kam unverschlüsselt an.';
    case 'undecryptable':
      return `Die Nachricht ließ sich nicht entschlüsseln (${state.reason}).`;
    case 'absent':
      return 'Die Nachricht kam innerhalb der Frist nicht an.';
  }
}
