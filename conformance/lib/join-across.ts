import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { joinByAliasTemplate } from './membership.ts';
import { premise } from './premise.ts';
import type { Tools } from './tools.ts';

interface Entrance {
  readonly roomId: string;
  /** Homeservers that know the room, asked in this order. */
  readonly via: string | readonly string[];
}

/** Tries to join a room that other homeservers know. */
export function joinVia(
  { request }: Pick<Tools, 'request'>,
  session: Session,
  { roomId, via }: Entrance,
): Promise<Answer> {
  const params = { roomIdOrAlias: roomId };
  // Servers before v1.12 know the older name of the parameter only.
  return request('POST', joinByAliasTemplate, { params, session, query: { via, server_name: via }, body: {} });
}

/** Joins a room that another homeserver knows. */
export async function joinAcross(tools: Pick<Tools, 'request'>, session: Session, entrance: Entrance): Promise<void> {
  premise(await joinVia(tools, session, entrance));
}
