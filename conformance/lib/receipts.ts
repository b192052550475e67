import type { Session } from '../../core/model/bench.ts';
import { premise } from './premise.ts';
import type { Request } from './transport.ts';

const template = '/_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}';

/** Tells that everything up to an event has been read, without telling the others. */
export async function markRead(
  request: Request,
  session: Session,
  { roomId, eventId }: { readonly roomId: string; readonly eventId: string },
): Promise<void> {
  const params = { roomId, eventId, receiptType: 'm.read.private' };
  premise(await request('POST', template, { params, session, body: {} }));
}
