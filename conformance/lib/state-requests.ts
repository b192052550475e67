import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { objectAt } from './json.ts';
import { premise } from './premise.ts';
import type { Request } from './transport.ts';

export const stateEventTemplate = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}';
export const stateKeyTemplate = `${stateEventTemplate}/{stateKey}`;

/** Which state of a room; without a state key the empty one. */
export interface StateKey {
  readonly roomId: string;
  readonly eventType: string;
  readonly stateKey?: string;
}

const templateOf = ({ stateKey }: StateKey): string => (stateKey === undefined ? stateEventTemplate : stateKeyTemplate);

const paramsOf = ({ roomId, eventType, stateKey = '' }: StateKey) => ({ roomId, eventType, stateKey });

export function getState(
  request: Request,
  session: Session,
  key: StateKey,
  query?: Readonly<Record<string, string>>,
): Promise<Answer> {
  return request('GET', templateOf(key), { params: paramsOf(key), session, ...(query && { query }) });
}

export function setState(request: Request, session: Session, key: StateKey, content: unknown): Promise<Answer> {
  return request('PUT', templateOf(key), { params: paramsOf(key), session, body: content });
}

const levelsPerName = ['users', 'events', 'notifications'];

/** Changes some of the power levels of a room and leaves the others; a name with the level `undefined` loses its own. */
export async function changeLevels(
  request: Request,
  session: Session,
  roomId: string,
  changes: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const key = { roomId, eventType: 'm.room.power_levels' };
  const { json } = premise(await getState(request, session, key));
  const merged = levelsPerName.filter((name) => Object.hasOwn(changes, name));
  const perName = merged.map((name) => [name, { ...objectAt(json, [name]), ...objectAt(changes, [name]) }]);
  return setState(request, session, key, { ...objectAt(json, []), ...changes, ...Object.fromEntries(perName) });
}
