import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import type { Request } from './transport.ts';

export const aliasTemplate = '/_matrix/client/v3/directory/room/{roomAlias}';

export function resolveAlias(request: Request, session: Session, roomAlias: string): Promise<Answer> {
  return request('GET', aliasTemplate, { params: { roomAlias }, session });
}

export function setAlias(request: Request, session: Session, roomAlias: string, roomId: string): Promise<Answer> {
  return request('PUT', aliasTemplate, { params: { roomAlias }, session, body: { room_id: roomId } });
}

/** Aliases outlive the room; whoever makes one takes it away again. */
export function deleteAlias(request: Request, session: Session, roomAlias: string): Promise<Answer> {
  return request('DELETE', aliasTemplate, { params: { roomAlias }, session });
}
