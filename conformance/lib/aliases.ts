import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import type { Tools } from './tools.ts';
import type { Request } from './transport.ts';

export const aliasTemplate = '/_matrix/client/v3/directory/room/{roomAlias}';

/** A name nobody has yet: the room's id is part of it, so that a repeated run does not meet what an aborted one left. */
export function aliasFor({ random, target }: Pick<Tools, 'random' | 'target'>, roomId: string, start = 'pruefstand') {
  const own = roomId.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 16);
  return `#${start}-${own}-${random.word(6)}:${target.serverName}`;
}

export interface Naming {
  readonly roomAlias: string;
  readonly roomId: string;
}

export function setAlias(request: Request, session: Session, { roomAlias, roomId }: Naming): Promise<Answer> {
  return request('PUT', aliasTemplate, { params: { roomAlias }, session, body: { room_id: roomId } });
}

export function resolveAlias(request: Request, session: Session, roomAlias: string): Promise<Answer> {
  return request('GET', aliasTemplate, { params: { roomAlias }, session });
}

export function removeAlias(request: Request, session: Session, roomAlias: string): Promise<Answer> {
  return request('DELETE', aliasTemplate, { params: { roomAlias }, session });
}
