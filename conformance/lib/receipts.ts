import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { premise } from './premise.ts';
import type { Request } from './transport.ts';

export const receiptTemplate = '/_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}';
export const markersTemplate = '/_matrix/client/v3/rooms/{roomId}/read_markers';

export interface NewReceipt {
  readonly roomId: string;
  readonly eventId: string;
  readonly receiptType?: string;
  /** Root of the thread, or `main`; without it the receipt is for all of them. */
  readonly threadId?: string;
}

export function sendReceipt(
  request: Request,
  session: Session,
  { roomId, eventId, receiptType = 'm.read', threadId }: NewReceipt,
): Promise<Answer> {
  const body = { ...(threadId !== undefined && { thread_id: threadId }) };
  return request('POST', receiptTemplate, { params: { roomId, receiptType, eventId }, session, body });
}

/** Tells that everything up to an event has been read, without telling the others. */
export async function markRead(
  request: Request,
  session: Session,
  { roomId, eventId }: { readonly roomId: string; readonly eventId: string },
): Promise<void> {
  premise(await sendReceipt(request, session, { roomId, eventId, receiptType: 'm.read.private' }));
}
