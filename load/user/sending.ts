import type { Random } from '../../core/random.ts';
import type { OwnMessage } from '../scenarios/virtual-user.ts';
import { backOffMs } from './http/back-off.ts';
import { call, isPassing } from './http/homeserver.ts';
import { shareKeyWhenDue } from './keys/share-key.ts';
import { writeMark } from './mark.ts';
import { fileField } from './sync/sync-body.ts';
import { overMs, roomPath, type UserState } from './user-state.ts';

const attempts = 4;

/** What must be done before the message goes out: its address, or undefined when it failed. */
export type Upload = () => Promise<string | undefined>;

/** Queues a message behind the earlier ones of its room, with the upload of its file, as clients do to keep their order. */
export function queueMessage(user: UserState, message: OwnMessage, upload?: Upload): Promise<void> {
  const delivered = deliver(user, { message, upload }, user.sending[message.room]);
  user.sending[message.room] = delivered;
  return delivered;
}

interface Queued {
  readonly message: OwnMessage;
  readonly upload: Upload | undefined;
}

interface Outgoing {
  readonly message: OwnMessage;
  /** Address of an uploaded file. */
  readonly file: string | undefined;
}

/** Resolves when every message was confirmed or given up. */
export async function settled({ sending }: UserState): Promise<void> {
  await Promise.all(sending);
}

async function deliver(user: UserState, queued: Queued, earlier: Promise<void> | undefined): Promise<void> {
  await earlier;
  const { message, upload } = queued;
  const file = await upload?.();
  const isReady = upload === undefined || file !== undefined;
  if (isReady && user.keys !== undefined) await shareKeyWhenDue(user, message.room, message.atMs);
  if (isReady && (await sendUntilConfirmed(user, { message, file }))) return;
  user.unconfirmed.push(message.room, message.sequence);
}

/** The same transaction again after a failure, so that the homeserver keeps it once. */
async function sendUntilConfirmed(user: UserState, { message, file }: Outgoing): Promise<boolean> {
  const { clock, meter, random } = user.shared;
  meter.count('sends');
  const path = pathFor(user, message);
  for (let attempt = 0; attempt < attempts && clock.now() < overMs(user.shared); attempt++) {
    const sentAt = clock.now();
    const body = encryptedContent(user, { message, file }, sentAt);
    const answer = await call(user, { name: 'send', path, body });
    if (answer.status === 200) {
      meter.count('sent');
      meter.record('send', clock.now() - message.atMs);
      meter.record('sendActual', clock.now() - sentAt);
      user.own[message.room] = eventIdIn(answer.body);
      return true;
    }
    if (!isPassing(answer.status)) return false;
    await clock.pause(answer.retryAfterMs ?? backOffMs(random, attempt));
  }
  return false;
}

function pathFor(user: UserState, { room, sequence }: OwnMessage): string {
  return `${roomPath(user, room)}/send/m.room.encrypted/${user.shared.plan.runTag}.${room}.${sequence}`;
}

/** Shape and size of a Megolm message; the ciphertext is none. */
function encryptedContent({ deviceId, shared }: UserState, { message, file }: Outgoing, sentAt: number): string {
  const { plan, clock, filler } = shared;
  const mark = writeMark({
    runTag: plan.runTag,
    sequence: message.sequence,
    intendedMs: clock.measuringFromMs + message.atMs,
    sentMs: clock.measuringFromMs + sentAt,
  });
  return JSON.stringify({
    algorithm: 'm.megolm.v1.aes-sha2',
    ciphertext: mark + filler(message.ciphertextCharacters - mark.length),
    device_id: deviceId,
    sender_key: filler(43),
    session_id: filler(43),
    ...(file !== undefined && { [fileField]: file }),
  });
}

export function eventIdIn(body: object | undefined): string | undefined {
  const { event_id: id } = (body ?? {}) as { readonly event_id?: unknown };
  return typeof id === 'string' ? id : undefined;
}

/** Letters and digits of any length, cut from a text made once. */
export function createFiller(random: Random): (characters: number) => string {
  const block = random.word(16_384);
  return (characters) => {
    const from = random.below(1_024);
    return block.slice(from, from + Math.max(0, characters));
  };
}
