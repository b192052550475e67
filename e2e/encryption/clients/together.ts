import type { Finding } from '../../../core/model/finding.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionContext } from '../context.ts';
import { wireFindings } from '../wire-findings.ts';
import type { Comparing, SharedRoom, Side } from './side.ts';

export interface Pair {
  readonly left: Side;
  readonly right: Side;
}

/** A room of the host's, who stays in it, with both sides joined. */
export async function meet(
  context: EncryptionContext,
  host: CryptoDevice,
  sides: readonly Side[],
): Promise<SharedRoom> {
  const name = `Prüfraum ${context.random.word(12)}`;
  const guests = sides.filter(({ userId }) => userId !== host.userId);
  const room = { id: await host.createEncryptedRoom({ name, invite: guests.map(({ userId }) => userId) }), name };
  await Promise.all(guests.map((guest) => guest.join(room)));
  await Promise.all(guests.map(({ userId }) => host.waitForMember(room.id, userId)));
  return room;
}

/** A message each way, which on the wire is Megolm ciphertext. */
export async function exchange(
  context: EncryptionContext,
  room: SharedRoom,
  { left, right }: Pair,
): Promise<readonly Finding[]> {
  const there = await pass(room, left, right, `Hin ${context.random.word(12)}`);
  // Whoever cannot read may not be shown their own message either.
  if (there.length > 0) return there;
  const back = await pass(room, right, left, `Zurück ${context.random.word(12)}`);
  return [...back, ...wireFindings(context.wire.events.filter(({ roomId }) => roomId === room.id))];
}

async function pass(room: SharedRoom, from: Side, to: Side, text: string): Promise<readonly Finding[]> {
  await from.send(room, text);
  if (await to.reads(room, text)) return [];
  return [
    {
      code: 'not-read',
      title: 'Zwei Programme verstehen einander nicht: eine Nachricht kommt nicht lesbar an.',
      expected: 'Die Nachricht steht auf der anderen Seite lesbar im Raum.',
      observed: 'Sie erscheint dort nicht innerhalb der Frist.',
      where: `${placeOf(from)} → ${placeOf(to)}`,
    },
  ];
}

/** Both compare emojis, the left side having asked; undefined where one of them offers no comparison. */
export async function compare(room: SharedRoom, { left, right }: Pair): Promise<readonly Finding[] | undefined> {
  const [asker, answerer] = [left.comparing, right.comparing];
  if (asker === undefined || answerer === undefined) return undefined;
  await asker.ask(room, right.userId);
  await answerer.accept();
  await asker.start();
  const where = `${placeOf(left)} ↔ ${placeOf(right)}`;
  const [mine, theirs] = await Promise.all([asker.emojis(), answerer.emojis()]);
  if (mine === undefined || plain(mine) !== plain(theirs ?? '')) return [different(where)];
  await Promise.all([asker.confirm(), answerer.confirm()]);
  return (await bothSucceed(asker, answerer)) ? [] : [unfinished(where)];
}

async function bothSucceed(asker: Comparing, answerer: Comparing): Promise<boolean> {
  const ends = await Promise.all([asker.succeeds(), answerer.succeeds()]);
  return ends.every(Boolean);
}

/** The same pictures are written with and without the sign that asks for colours. */
const plain = (emojis: string) => emojis.replaceAll('\uFE0F', '');

const placeOf = ({ person, program }: Side) => `${person} (${program})`;

const different = (where: string): Finding => ({
  code: 'emojis-differ',
  title: 'Zwei Programme zeigen beim Vergleich nicht dieselben Emojis.',
  expected: 'Beide Seiten sehen dieselben sieben Emojis.',
  observed: 'Die Folgen sind verschieden, oder eine Seite zeigt keine.',
  where,
});

const unfinished = (where: string): Finding => ({
  code: 'not-done',
  title: 'Die Prüfung zwischen zwei Programmen kommt nicht zum Ende.',
  expected: 'Beide Seiten schließen die Prüfung ab.',
  observed: 'Mindestens eine Seite meldet keinen Erfolg.',
  where,
});
