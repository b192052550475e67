import type { LoadUnderWay } from '../../../core/model/background-load.ts';
import type { CryptoDevice, MessageState } from '../../lib/crypto-device.ts';
import type { Meeting } from '../meeting.ts';

export interface Reading {
  readonly state: MessageState;
  /** From the person's sending until the other device had the message, readable or not. */
  readonly deliveryMs: number;
  /** From then until it was readable, keys that came later included; meaningless for what stayed closed. */
  readonly decryptionMs: number;
  /** Others wrote when it was sent and when it was read. */
  readonly isUnderLoad: boolean;
}

export interface ExchangeOptions {
  /** Over both directions. */
  readonly messages: number;
  readonly load: LoadUnderWay;
}

/** Each device keeps so many messages on their way: people write before the last answer came. */
const onTheirWay = 4;

/** Both write to each other until so many messages were read, or can never be. */
export async function exchange({ alice, bob, roomId }: Meeting, options: ExchangeOptions): Promise<readonly Reading[]> {
  const half = Math.ceil(options.messages / 2);
  const readings = await Promise.all([
    ...writers(half).map((count, writer) => write(alice, bob, { ...options, roomId, count, writer })),
    ...writers(half).map((count, writer) => write(bob, alice, { ...options, roomId, count, writer })),
  ]);
  return readings.flat();
}

const writers = (messages: number): readonly number[] =>
  Array.from({ length: onTheirWay }, (_, writer) => Math.ceil((messages - writer) / onTheirWay));

interface Writing {
  readonly roomId: string;
  readonly count: number;
  readonly writer: number;
  readonly load: LoadUnderWay;
}

async function write(
  from: CryptoDevice,
  to: CryptoDevice,
  { roomId, count, writer, load }: Writing,
): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  for (let number = 0; number < count; number++) {
    const wasUnderLoad = load.isWriting();
    const startedAt = performance.now();
    const eventId = await from.sendText(roomId, `Nachricht ${number} von ${from.person}, ${writer}`);
    await to.waitForArrival(roomId, eventId);
    const arrivedAt = performance.now();
    const state = await to.waitForMessage(roomId, eventId);
    readings.push({
      state,
      deliveryMs: arrivedAt - startedAt,
      decryptionMs: performance.now() - arrivedAt,
      isUnderLoad: wasUnderLoad && load.isWriting(),
    });
  }
  return readings;
}
