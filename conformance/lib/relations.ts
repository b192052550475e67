import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { sendEvent } from './room-events.ts';
import type { Tools } from './tools.ts';
import type { Request } from './transport.ts';

export const relationsTemplate = '/_matrix/client/v1/rooms/{roomId}/relations/{eventId}';
export const relationsByTypeTemplate = `${relationsTemplate}/{relType}`;
export const relationsByEventTypeTemplate = `${relationsByTypeTemplate}/{eventType}`;
export const threadsTemplate = '/_matrix/client/v1/rooms/{roomId}/threads';

export interface Parent {
  readonly roomId: string;
  readonly eventId: string;
}

const toParent = ({ eventId }: Parent, relType: string) => ({ rel_type: relType, event_id: eventId });

/** Content of a reply in a thread. */
export const inThread = (parent: Parent, body: string) => ({
  msgtype: 'm.text',
  body,
  'm.relates_to': toParent(parent, 'm.thread'),
});

/** Content of an edit. */
export const replacing = (parent: Parent, body: string) => ({
  msgtype: 'm.text',
  body: `* ${body}`,
  'm.new_content': { msgtype: 'm.text', body },
  'm.relates_to': toParent(parent, 'm.replace'),
});

/** Content of a reaction. */
export const reacting = (parent: Parent, key: string) => ({
  'm.relates_to': { ...toParent(parent, 'm.annotation'), key },
});

type Sender = Pick<Tools, 'request' | 'random'>;

export const sendMessage = (tools: Sender, session: Session, roomId: string, content: unknown): Promise<string> =>
  sendEvent(tools, session, roomId, { type: 'm.room.message', content });

export const sendReaction = (tools: Sender, session: Session, parent: Parent, key: string): Promise<string> =>
  sendEvent(tools, session, parent.roomId, { type: 'm.reaction', content: reacting(parent, key) });

/** Children of an event, all of them or by kind of relation and type. */
export function readRelations(
  request: Request,
  session: Session,
  { roomId, eventId }: Parent,
  {
    relType,
    eventType,
    query,
  }: { relType?: string; eventType?: string; query?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const byType = relType === undefined ? relationsTemplate : relationsByTypeTemplate;
  const template = eventType === undefined ? byType : relationsByEventTypeTemplate;
  const params = { roomId, eventId, relType: relType ?? '', eventType: eventType ?? '' };
  return request('GET', template, { params, session, ...(query && { query }) });
}
