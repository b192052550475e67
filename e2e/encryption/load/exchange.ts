import type { LoadUnderWay } from '../../../core/model/background-load.ts';
import type { CryptoDevice, MessageState } from '../../lib/crypto-device.ts';
import type { Meeting } from '../meeting.ts';

export interface Reading {
  readonly state: MessageState;
  /** From the person's sending to the other device's text, in ms; meaningless for what stayed closed. */
  readonly ms: number;
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
    const isUnderLoad = load.isWriting();
    const startedAt = performance.now();
    const eventId = await from.sendText(roomId, `Nachricht ${number} von ${from.person}, ${writer}`);
    const state = await to.waitForMessage(roomId, eventId);
    readings.push({ state, ms: performance.now() - startedAt, isUnderLoad });
  }
  return readings;
}
