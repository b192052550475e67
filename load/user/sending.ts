import type { Random } from '../../core/random.ts';
import type { UserRoom } from '../scenarios/load-plan.ts';
import type { OwnMessage } from '../scenarios/virtual-user.ts';
import { backOffMs } from './back-off.ts';
import { writeMark } from './mark.ts';
import type { UserContext } from './user-context.ts';

const timeoutMs = 30_000;
const attempts = 4;

export interface Sending {
  send(message: OwnMessage): void;
  /** Resolves when every message was confirmed or given up. */
  settled(): Promise<void>;
  /** Room and sequence in turn. */
  readonly unconfirmed: readonly number[];
}

/** Sends like a client: one message of a room after the other, the same transaction again after a failure. */
export function createSending(user: UserContext): Sending {
  const unconfirmed: number[] = [];
  const queues = user.row.rooms.map(() => Promise.resolve());
  return {
    unconfirmed,
    send: (message) => {
      const room = user.row.rooms[message.room];
      if (room === undefined) throw new RangeError(`message for room ${message.room}, user has ${queues.length}`);
      const before = queues[message.room] ?? Promise.resolve();
      queues[message.room] = before.then(async () => {
        if (!(await deliver(user, room, message))) unconfirmed.push(message.room, message.sequence);
      });
    },
    settled: async () => {
      await Promise.all(queues);
    },
  };
}

async function deliver(user: UserContext, room: UserRoom, message: OwnMessage): Promise<boolean> {
  const { clock, meter, plan } = user;
  meter.count('sends');
  const transaction = `${plan.runTag}.${message.room}.${message.sequence}`;
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room.roomId)}/send/m.room.encrypted/${transaction}`;
  for (let attempt = 0; attempt < attempts && clock.now() < plan.durationMs + plan.drainMs; attempt++) {
    const sentAt = clock.now();
    const body = encryptedContent(user, message, sentAt);
    const answer = await user.homeserver({ method: 'PUT', path, body, name: 'send', timeoutMs });
    if (answer.status === 200) {
      meter.count('sent');
      meter.record('send', clock.now() - message.atMs);
      meter.record('sendActual', clock.now() - sentAt);
      return true;
    }
    await clock.pause(answer.retryAfterMs ?? backOffMs(user.random, attempt));
  }
  return false;
}

/** Shape and size of a Megolm message; the ciphertext is none. */
function encryptedContent({ row, plan, clock, filler }: UserContext, message: OwnMessage, sentAt: number): string {
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
