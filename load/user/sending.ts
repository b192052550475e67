import type { Random } from '../../core/random.ts';
import type { OwnMessage } from '../scenarios/virtual-user.ts';
import { backOffMs } from './back-off.ts';
import { call } from './homeserver.ts';
import { writeMark } from './mark.ts';
import { overMs, type UserState } from './user-state.ts';

const timeoutMs = 30_000;
const attempts = 4;

/** Queues a message behind the earlier ones of its room, as clients do to keep their order. */
export function queueMessage(user: UserState, message: OwnMessage): void {
  user.sending[message.room] = deliver(user, message, user.sending[message.room]);
}

/** Resolves when every message was confirmed or given up. */
export async function settled({ sending }: UserState): Promise<void> {
  await Promise.all(sending);
}

async function deliver(user: UserState, message: OwnMessage, earlier: Promise<void> | undefined): Promise<void> {
  await earlier;
  if (!(await sendUntilConfirmed(user, message))) user.unconfirmed.push(message.room, message.sequence);
}

/** The same transaction again after a failure, so that the homeserver keeps it once. */
async function sendUntilConfirmed(user: UserState, message: OwnMessage): Promise<boolean> {
  const { clock, meter, random } = user.shared;
  meter.count('sends');
  const path = pathFor(user, message);
  for (let attempt = 0; attempt < attempts && clock.now() < overMs(user.shared); attempt++) {
    const sentAt = clock.now();
    const body = encryptedContent(user, message, sentAt);
    const answer = await call(user, { method: 'PUT', path, body, name: 'send', timeoutMs });
    if (answer.status === 200) {
      meter.count('sent');
      meter.record('send', clock.now() - message.atMs);
      meter.record('sendActual', clock.now() - sentAt);
      return true;
    }
    await clock.pause(answer.retryAfterMs ?? backOffMs(random, attempt));
  }
  return false;
}

function pathFor({ row, shared }: UserState, { room, sequence }: OwnMessage): string {
  const roomId = row.rooms[room]?.roomId;
  if (roomId === undefined) throw new RangeError(`a message for room ${room}, the user has ${row.rooms.length}`);
  const transaction = `${shared.plan.runTag}.${room}.${sequence}`;
  return `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.encrypted/${transaction}`;
}

/** Shape and size of a Megolm message; the ciphertext is none. */
function encryptedContent({ row, shared }: UserState, message: OwnMessage, sentAt: number): string {
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
    device_id: row.deviceId,
    sender_key: filler(43),
    session_id: filler(43),
  });
}

/** Letters and digits of any length, cut from a text made once. */
export function createFiller(random: Random): (characters: number) => string {
  const block = random.word(16_384);
  return (characters) => {
    const from = random.below(1_024);
    return block.slice(from, from + Math.max(0, characters));
  };
}
