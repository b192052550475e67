import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import type { CryptoDevice, FetchedFile, Picture } from '../../lib/crypto-device.ts';
import type { EncryptionContext } from '../context.ts';
import { type Meeting, meetInEncryptedRoom } from '../meeting.ts';
import { allCanaryKinds, type CanaryKind } from './kinds.ts';

export type Words = Readonly<Record<CanaryKind, string>>;

export interface Canaries {
  /** One for each kind, which turns up nowhere by chance. */
  readonly words: Words;
  /** Goes open into every place, in several forms: a search that misses one proves nothing. */
  readonly control: string;
}

export const canariesFrom = ({ random }: EncryptionContext): Canaries => ({
  words: Object.fromEntries(allCanaryKinds.map((kind) => [kind, `kanarie${random.word(20)}`])) as Words,
  control: `kontrollwort${random.word(20)}`,
});

export interface Played {
  readonly alice: CryptoDevice;
  readonly roomId: string;
  /** What the other side did not get to read: its absence elsewhere proves nothing. */
  readonly unread: readonly CanaryKind[];
  readonly picture: Picture;
  /** Where the homeserver keeps the picture's files; as far as the other side learned of them. */
  readonly mediaIds: readonly string[];
}

interface Stage {
  readonly alice: CryptoDevice;
  readonly bob: CryptoDevice;
  readonly roomId: string;
  readonly words: Words;
}

/** How the control word stands in texts. */
export const controlTexts = (control: string): readonly string[] => {
  const bytes = Buffer.from(control);
  return [control, bytes.toString('hex'), bytes.toString('base64url')];
};

/**
 * These devices have no interface: what they make of a draft (they only say that somebody writes) and of a search (on the device
 * alone) is the bench's own code, and only their weak kin show that the search finds such words. What a program makes of text in
 * its fields, of a draft it keeps and of a file from a disk is asked of the target's client, in `clients/canary.flow.ts`.
 *
 * Alice puts every word where it belongs, and bob reads all that reaches him. The control word is left open in every place.
 */
export async function playCanaries(
  context: EncryptionContext,
  { words, control }: Canaries,
  meet: (context: EncryptionContext, roomName: string) => Promise<Meeting> = meetInEncryptedRoom,
): Promise<Played> {
  const { alice, bob, roomId } = await meet(context, `Prüfraum ${words.roomName}`);
  await leaveOpen(alice, control);
  const stage: Stage = { alice, bob, roomId, words };
  const unread = await sendTexts(stage);
  const picture = pictureWith(words);
  const { unread: unreadFiles, mediaIds } = await sendPicture(stage, picture);
  await alice.draft(roomId, words.draft);
  const found = await alice.searchMessages(roomId, words.searchTerm);
  await alice.renameIn(roomId, `Alice ${words.displayName}`);
  // Last, because devices know by its first topic that they have seen the whole room.
  await alice.setTopic(roomId, `Thema ${words.topic}`);
  const hasSeenAll = await hasCaughtUp(context, stage);
  const all = [...unread, ...unreadFiles, ...(found.length > 0 ? [] : ['searchTerm' as const])];
  return {
    alice,
    roomId,
    unread: hasSeenAll ? all : allCanaryKinds,
    picture,
    mediaIds,
  };
}

/** Leaves the control word open in every place, in all forms the search knows. */
export async function leaveOpen(device: CryptoDevice, control: string): Promise<void> {
  const texts = controlTexts(control);
  await device.createEncryptedRoom({ name: `Prüfraum ${texts.join(' ')}`, invite: [] });
  const others = [Buffer.from(control, 'utf16le'), gzipSync(control)];
  await device.uploadOpen(new Uint8Array(Buffer.concat([Buffer.from(texts.join(' ')), ...others])));
  await device.lookUpAlias(texts.join('-'));
}

/** What came before it in the room, the other side has seen too when it has seen this. */
async function hasCaughtUp({ random }: EncryptionContext, { alice, bob, roomId }: Stage): Promise<boolean> {
  const mark = `Marke ${random.word(12)}`;
  await alice.sendText(roomId, mark);
  return (await bob.waitForText(roomId, mark)) !== undefined;
}

async function sendTexts({ alice, bob, roomId, words }: Stage): Promise<readonly CanaryKind[]> {
  const text = await alice.sendText(roomId, `Prüfnachricht mit dem Wort ${words.text}.`);
  // A device shows an edited message only as it is now.
  const edited = await alice.sendText(roomId, 'Erste Fassung');
  const sent: Partial<Record<CanaryKind, string>> = {
    text,
    searchTerm: await alice.sendText(roomId, `Gesucht wird ${words.searchTerm}.`),
    reaction: await alice.react(roomId, text, words.reaction),
    edit: await alice.edit(roomId, edited, `Bearbeitet mit ${words.edit}.`),
    location: await alice.sendLocation(roomId, `Treffpunkt ${words.location}`),
    poll: await alice.sendPoll(roomId, `Umfrage zu ${words.poll}?`),
    voiceText: await alice.sendVoice(roomId, `Gesprochen: ${words.voiceText}`, bytesWith(words.voiceText)),
  };
  const unread: CanaryKind[] = [];
  for (const kind of allCanaryKinds) {
    const eventId = sent[kind];
    if (eventId === undefined) continue;
    const content = await bob.waitForContent(roomId, eventId);
    if (!content?.includes(words[kind])) unread.push(kind);
  }
  return unread;
}

async function sendPicture({ alice, bob, roomId, words }: Stage, picture: Picture) {
  const eventId = await alice.sendPicture(roomId, picture);
  const content = (await bob.waitForContent(roomId, eventId)) ?? '';
  const [file, thumbnail] = [await bob.fetchFile(roomId, eventId), await bob.fetchThumbnail(roomId, eventId)];
  const isRead: Partial<Record<CanaryKind, boolean>> = {
    fileName: content.includes(words.fileName),
    caption: content.includes(words.caption),
    fileContent: holds(file, picture.bytes),
    thumbnail: holds(thumbnail, picture.thumbnail),
  };
  return {
    unread: allCanaryKinds.filter((kind) => isRead[kind] === false),
    mediaIds: [...content.matchAll(/mxc:\/\/[^/"]+\/([^"]+)/g)].flatMap(([, id]) => id ?? []),
  };
}

const pictureWith = (words: Words): Picture => ({
  name: `${words.fileName}.png`,
  caption: `Bild mit ${words.caption}`,
  bytes: bytesWith(words.fileContent),
  thumbnail: bytesWith(words.thumbnail),
});

const bytesWith = (word: string) => new TextEncoder().encode(`Künstlicher Inhalt einer Abnahmeprüfung: ${word}`);

const holds = (file: FetchedFile, bytes: Uint8Array) => file.kind === 'opened' && Buffer.from(file.bytes).equals(bytes);
