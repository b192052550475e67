import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt, stringAt } from './json.ts';
import { premiseString } from './premise.ts';
import type { Tools } from './tools.ts';
import type { Request } from './transport.ts';

export const hierarchyTemplate = '/_matrix/client/v1/rooms/{roomId}/hierarchy';

const statePath = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}';

export interface ChildLink {
  readonly space: string;
  readonly child: string;
  readonly suggested?: boolean;
}

/** A new space: a room that lists others. */
export function createSpace({ room }: Tools, session: Session, options: Readonly<Record<string, unknown>> = {}) {
  return room(session, { creation_content: { type: 'm.space' }, ...options });
}

/** Puts a room into a space. Resolves with the id of the event that does so. */
export async function addChild(
  { request, target }: Tools,
  session: Session,
  { space, child, suggested }: ChildLink,
): Promise<string> {
  const params = { roomId: space, eventType: 'm.space.child', stateKey: child };
  const body = { via: [target.serverName], ...(suggested !== undefined && { suggested }) };
  return premiseString(await request('PUT', statePath, { params, session, body }), ['event_id']);
}

export function readHierarchy(
  request: Request,
  session: Session,
  roomId: string,
  query: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return request('GET', hierarchyTemplate, { params: { roomId }, session, query });
}

export const roomsIn = ({ json }: Pick<Answer, 'json'>): readonly unknown[] => arrayAt(json, ['rooms']);

export const roomIdsIn = (answer: Pick<Answer, 'json'>): readonly string[] =>
  roomsIn(answer).map((entry) => stringAt(entry, ['room_id']) ?? '?');

/** Public only for those in the space. */
export const restrictedTo = (space: string) => ({
  type: 'm.room.join_rules',
  state_key: '',
  content: { join_rule: 'restricted', allow: [{ type: 'm.room_membership', room_id: space }] },
});
