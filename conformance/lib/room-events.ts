import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt, stringAt } from './json.ts';
import { settlingMs } from './poll.ts';
import { premise, premiseString } from './premise.ts';
import { probeType, sendTemplate, type Tools } from './tools.ts';
import type { Request } from './transport.ts';

const room = '/_matrix/client/v3/rooms/{roomId}';
export const eventTemplate = `${room}/event/{eventId}`;
export const contextTemplate = `${room}/context/{eventId}`;
export const messagesTemplate = `${room}/messages`;
export const redactTemplate = `${room}/redact/{eventId}/{txnId}`;

export interface NewEvent {
  readonly type?: string;
  readonly content: unknown;
  readonly txnId?: string;
}

/** Tries to send an event; without a type a probe. */
export function trySend(
  { request, random }: Pick<Tools, 'request' | 'random'>,
  session: Session,
  roomId: string,
  { type = probeType, content, txnId = random.word(12) }: NewEvent,
): Promise<Answer> {
  return request('PUT', sendTemplate, { params: { roomId, eventType: type, txnId }, session, body: content });
}

/** Sends an event. Resolves with its id. */
export async function sendEvent(
  tools: Pick<Tools, 'request' | 'random'>,
  session: Session,
  roomId: string,
  event: NewEvent,
): Promise<string> {
  return premiseString(await trySend(tools, session, roomId, event), ['event_id']);
}

/** One after another. Resolves with their ids in that order. */
export async function sendProbes(
  tools: Pick<Tools, 'sendProbe'>,
  session: Session,
  roomId: string,
  count: number,
): Promise<readonly string[]> {
  const eventIds: string[] = [];
  for (let sent = 0; sent < count; sent++) eventIds.push(await tools.sendProbe(session, roomId));
  return eventIds;
}

export function readEvent(request: Request, session: Session, roomId: string, eventId: string): Promise<Answer> {
  return request('GET', eventTemplate, { params: { roomId, eventId }, session });
}

/** Reads an event until it is as wanted or the deployment had time to settle. */
export function eventOnce(
  { request, poll }: Pick<Tools, 'request' | 'poll'>,
  session: Session,
  { roomId, eventId }: { readonly roomId: string; readonly eventId: string },
  until: (event: unknown) => boolean,
): Promise<Answer> {
  return poll({
    ask: () => readEvent(request, session, roomId, eventId),
    until: ({ status, json }) => status === 200 && until(json),
    deadlineMs: settlingMs,
  });
}

export function readMessages(
  request: Request,
  session: Session,
  roomId: string,
  query: Readonly<Record<string, string>>,
): Promise<Answer> {
  return request('GET', messagesTemplate, { params: { roomId }, session, query });
}

export const chunkOf = ({ json }: Pick<Answer, 'json'>): readonly unknown[] => arrayAt(json, ['chunk']);

const isAmong = (eventId: string) => (answer: Pick<Answer, 'json'>) =>
  chunkOf(answer).some((event) => stringAt(event, ['event_id']) === eventId);

/** The latest events of a room, newest first, once the given one is among them or the deployment had time to settle. */
export function latestMessages(
  { request, poll }: Pick<Tools, 'request' | 'poll'>,
  session: Session,
  { roomId, eventId }: { readonly roomId: string; readonly eventId: string },
): Promise<Answer> {
  return poll({
    ask: async () => premise(await readMessages(request, session, roomId, { dir: 'b', limit: '50' })),
    until: isAmong(eventId),
    deadlineMs: settlingMs,
  });
}

export function redact(
  { request, random }: Pick<Tools, 'request' | 'random'>,
  session: Session,
  { roomId, eventId, txnId = random.word(12) }: { readonly roomId: string; readonly eventId: string; txnId?: string },
): Promise<Answer> {
  return request('PUT', redactTemplate, { params: { roomId, eventId, txnId }, session, body: {} });
}

export const eventIdsOf = (events: readonly unknown[]): readonly (string | undefined)[] =>
  events.map((event) => stringAt(event, ['event_id']));

/** The ids among those given that occur, in the order in which they occur, as often as they do. */
export function idsAmong(events: readonly unknown[], wanted: readonly string[]): readonly string[] {
  return eventIdsOf(events).filter((id): id is string => id !== undefined && wanted.includes(id));
}

/** For people: their numbers instead of opaque ids. */
export const numbersOf = (ids: readonly string[], all: readonly string[]): readonly number[] =>
  ids.map((id) => all.indexOf(id) + 1);
