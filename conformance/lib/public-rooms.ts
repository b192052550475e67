import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt, stringAt } from './json.ts';
import { premise } from './premise.ts';
import type { Request } from './transport.ts';

export const publicRoomsPath = '/_matrix/client/v3/publicRooms';
export const visibilityTemplate = '/_matrix/client/v3/directory/list/room/{roomId}';

/** The published rooms in which the term occurs. */
export function searchRooms(
  request: Request,
  session: Session,
  term: string,
  page: { readonly limit?: number; readonly since?: string } = {},
): Promise<Answer> {
  const body = { filter: { generic_search_term: term }, ...page };
  return request('POST', publicRoomsPath, { session, body });
}

export function setVisibility(
  request: Request,
  session: Session,
  roomId: string,
  visibility: 'public' | 'private',
): Promise<Answer> {
  return request('PUT', visibilityTemplate, { params: { roomId }, session, body: { visibility } });
}

/** Takes a room of the check out of the directory again. */
export async function unlist(request: Request, session: Session, roomId: string): Promise<void> {
  premise(await setVisibility(request, session, roomId, 'private'));
}

export const listedRooms = ({ json }: Answer): readonly unknown[] => arrayAt(json, ['chunk']);

export const listedIds = (answer: Answer): readonly (string | undefined)[] =>
  listedRooms(answer).map((entry) => stringAt(entry, ['room_id']));
