import type { HttpSend } from '../../../core/http/http.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { type CheckOutcome, inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { watchFor } from '../../lib/call-watch.ts';
import type { ClientDevice } from '../../lib/client-device.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { DeviceWish, EncryptionContext } from '../context.ts';
import { isReadable } from '../membership/past.ts';
import type { SharedRoom } from './side.ts';
import { sideOfClient } from './side.ts';
import { meet } from './together.ts';

/** What a person read before, and the key with which another program can read it again. */
export interface Past {
  readonly room: SharedRoom;
  readonly text: string;
  readonly eventId: string;
  readonly recoveryKey: string;
}

export interface PastAtClient extends Past {
  readonly bob: ClientDevice;
}

const uploadDeadlineMs = 60_000;

/** Bob has read a message at the target's client, which has put its key into the backup it made him set up. */
export async function readAtClient(context: EncryptionContext): Promise<PastAtClient | undefined> {
  const upload = watchFor(
    ({ method, url }, { status }) => method === 'PUT' && url.includes('/room_keys/keys') && status === 200,
  );
  const between = (send: HttpSend) => upload.between(send);
  const [alice, bob] = await Promise.all([context.device('alice'), context.client('bob', { between })]);
  const room = await meet(context, alice, [sideOfClient(bob)]);
  const text = `Aus früherer Zeit ${context.random.word(12)}`;
  const eventId = await alice.sendText(room.id, text);
  const isRead = await bob.waitForText(text);
  const isKept = isRead && (await upload.wait(uploadDeadlineMs));
  const recoveryKey = bob.recoveryKey();
  await bob.keepPicture('Vor dem Wechsel');
  return isKept && recoveryKey !== undefined ? { bob, room, text, eventId, recoveryKey } : undefined;
}

/** Alice has read a message at the bench's own device, and its key is in her backup; she can log in elsewhere too. */
export async function readAtDevice(
  context: EncryptionContext,
  wish: Pick<DeviceWish, 'runsIn'> = {},
): Promise<Past | undefined> {
  const [alice, bob] = await Promise.all([
    context.device('alice', { ...wish, kind: 'ordinary' }),
    context.device('bob'),
  ]);
  const name = `Prüfraum ${context.random.word(12)}`;
  const id = await bob.createEncryptedRoom({ name, invite: [alice.userId] });
  await alice.joinRoom(id);
  await bob.waitForMember(id, alice.userId);
  const text = `Aus früherer Zeit ${context.random.word(12)}`;
  const eventId = await bob.sendText(id, text);
  if ((await alice.waitForMessage(id, eventId)).kind !== 'decrypted') return undefined;
  return { room: { id, name }, text, eventId, recoveryKey: await alice.setUpBackup() };
}

/** The past must stand in the room, readable, at the program that opened the backup. */
export async function expectRestored(client: ClientDevice, { room, text }: Past): Promise<readonly Finding[]> {
  await client.openRoom(room.name);
  const isRead = await client.waitForText(text);
  await client.keepPicture('Nach der Wiederherstellung');
  return isRead ? [] : [notRestored(`${client.person}: ${client.client}`)];
}

/** The past must become readable at a new device of the bench with the key, and not before. */
export async function restoreAtDevice(device: CryptoDevice, past: Past, where: string): Promise<CheckOutcome> {
  const { room, text, eventId, recoveryKey } = past;
  await device.waitForRoom(room.id);
  if (isReadable(await device.stateOf(room.id, eventId)))
    return inconclusive('void: Das neue Gerät konnte die Nachricht schon vor der Wiederherstellung lesen.');
  await device.restoreBackup(recoveryKey);
  const state = await device.waitForMessage(room.id, eventId);
  const isRestored = state.kind === 'decrypted' && state.text === text;
  return outcomeOf(isRestored ? [] : [notRestored(where)], 'Vor der Eingabe des Schlüssels unlesbar, danach gelesen.');
}

const notRestored = (where: string): Finding => ({
  code: 'not-restored',
  title: 'Mit dem Wiederherstellungsschlüssel ist der frühere Verlauf in einem anderen Programm nicht zu lesen.',
  expected: 'Die frühere Nachricht steht nach der Eingabe des Schlüssels lesbar im Raum.',
  observed: 'Sie bleibt innerhalb der Frist unlesbar.',
  where,
});
