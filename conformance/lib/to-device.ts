import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt, valueAt } from './json.ts';
import { premise } from './premise.ts';
import { probeType, type Tools } from './tools.ts';

export const toDeviceTemplate = '/_matrix/client/v3/sendToDevice/{eventType}/{txnId}';

/** user id → device id, or `*` for all of them → content. */
export type ToDeviceMessages = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export async function sendToDevice(
  { request, random }: Pick<Tools, 'request' | 'random'>,
  session: Session,
  messages: ToDeviceMessages,
): Promise<Answer> {
  const params = { eventType: probeType, txnId: random.word(12) };
  return premise(await request('PUT', toDeviceTemplate, { params, session, body: { messages } }));
}

/** Messages of ours, in the order of delivery. */
export const probesIn = (sync: unknown): readonly unknown[] =>
  arrayAt(sync, ['to_device', 'events']).filter((event) => valueAt(event, ['type']) === probeType);

export const probeContents = (sync: unknown): readonly unknown[] =>
  probesIn(sync).map((event) => valueAt(event, ['content']));
