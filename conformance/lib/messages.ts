import type { Session } from '../../core/model/bench.ts';
import { premiseString } from './premise.ts';
import { sendTemplate, type Tools } from './tools.ts';

/** Sends a message people could read; only for what is about text. Resolves with its id. */
export async function sendText(
  { request, random }: Pick<Tools, 'request' | 'random'>,
  session: Session,
  roomId: string,
  content: Readonly<Record<string, unknown>> & { readonly body: string },
): Promise<string> {
  const params = { roomId, eventType: 'm.room.message', txnId: random.word(12) };
  const body = { msgtype: 'm.text', ...content };
  return premiseString(await request('PUT', sendTemplate, { params, session, body }), ['event_id']);
}
