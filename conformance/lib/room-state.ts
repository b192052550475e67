import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { essenceOf } from './event-essence.ts';
import { canonicalJson, type JsonPath, valueAt } from './json.ts';
import { premise } from './premise.ts';
import type { Request } from './transport.ts';

export const stateTemplate = '/_matrix/client/v3/rooms/{roomId}/state';

/** All state of a room as the answer that named it. */
export async function readState(request: Request, session: Session, roomId: string): Promise<Answer> {
  return premise(await request('GET', stateTemplate, { params: { roomId }, session }));
}

/** A value in the content of a state event with an empty state key. */
export function stateValue(state: unknown, type: string, path: JsonPath): unknown {
  const event = stateEvents(state).find(
    (item) => valueAt(item, ['type']) === type && valueAt(item, ['state_key']) === '',
  );
  return valueAt(event, ['content', ...path]);
}

/** A copy of the state in which events of a type are replaced. */
export const replacingState = (
  state: unknown,
  type: string,
  replace: (event: unknown) => readonly unknown[],
): unknown => stateEvents(state).flatMap((event) => (valueAt(event, ['type']) === type ? replace(event) : [event]));

const stateEvents = (state: unknown): readonly unknown[] => (Array.isArray(state) ? state : []);

/** Events as they are the same wherever they are read, in an order of its own. */
export const essencesOf = (events: readonly unknown[]): readonly string[] =>
  events.map((event) => canonicalJson(essenceOf(event))).toSorted();

/** The membership events in the state of a room. */
export const memberEvents = (state: unknown): readonly unknown[] =>
  stateEvents(state).filter((event) => valueAt(event, ['type']) === 'm.room.member');

export const megolm = 'm.megolm.v1.aes-sha2';
