import type { Session } from '../../core/model/bench.ts';
import { joinByAliasTemplate } from './membership.ts';
import { premise } from './premise.ts';
import type { Tools } from './tools.ts';

/** Joins a room that another homeserver knows. */
export async function joinAcross(
  { request }: Pick<Tools, 'request'>,
  session: Session,
  { roomId, via }: { readonly roomId: string; readonly via: string },
): Promise<void> {
  const params = { roomIdOrAlias: roomId };
  // Servers before v1.12 know the older name of the parameter only.
  premise(await request('POST', joinByAliasTemplate, { params, session, query: { via, server_name: via }, body: {} }));
}
