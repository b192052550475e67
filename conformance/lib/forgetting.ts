import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { objectAt, valueAt } from './json.ts';
import { premise } from './premise.ts';
import { syncedTo } from './settled-sync.ts';
import { inlineFilter, roomsOnly } from './sync-sections.ts';
import type { Tools } from './tools.ts';
import type { Request } from './transport.ts';

/** As the specification names it since v1.18, and before. */
const capabilities = ['m.forget_forced_upon_leave', 'org.matrix.msc4267.forget_forced_upon_leave'];

/** Whether the server says that it forgets every room for whoever leaves it. */
export async function announcesForgetting(request: Request, session: Session): Promise<boolean> {
  const { json } = premise(await request('GET', '/_matrix/client/v3/capabilities', { session }));
  return capabilities.some((name) => valueAt(json, ['capabilities', name, 'enabled']) === true);
}

const listingLeft = inlineFilter({ ...roomsOnly, room: { include_leave: true } });

/** An initial sync that lists left rooms as well. */
export async function syncWithLeft(request: Request, session: Session): Promise<Answer> {
  return premise(await request('GET', '/_matrix/client/v3/sync', { session, query: { timeout: '0', ...listingLeft } }));
}

/** The same, once the room is listed no more or the deployment had time to settle: some forget a room a little after it was left. */
export const syncOnceForgotten = (
  tools: Pick<Tools, 'request' | 'poll'>,
  session: Session,
  roomId: string,
): Promise<Answer> => syncedTo(tools, session, { query: listingLeft, until: (json) => !listsAsLeft({ json }, roomId) });

export const listsAsLeft = ({ json }: Pick<Answer, 'json'>, roomId: string): boolean =>
  Object.hasOwn(objectAt(json, ['rooms', 'leave']), roomId);
