import type { Session } from '../../core/model/bench.ts';
import type { JsonObject } from '../../schemas/json.ts';
import type { Answer } from '../lib/answer.ts';
import { numberAt, stringAt } from '../lib/json.ts';
import { type Claim, expectError, type Findings } from '../lib/match.ts';
import { premise } from '../lib/premise.ts';
import { eventOnce, readEvent } from '../lib/room-events.ts';
import { probeType, type Tools } from '../lib/tools.ts';
import type { Pdu } from './pdu.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';

/** An event that means nothing to clients, told apart by its text. */
export const probeFrom = (peer: Peer, room: Room, sender: string, probe: string, fields: JsonObject = {}): Pdu =>
  peer.sealed(room, { type: probeType, sender, content: { probe }, fields });

/** What follows on another event, wherever the room has got to. */
export const following = (before: readonly Pdu[]): JsonObject => ({
  prev_events: before.map(({ eventId }) => eventId),
  depth: Math.max(0, ...before.map(({ json }) => numberAt(json, ['depth']) ?? 0)) + 1,
});

/**
 * Sends events one after another. Resolves with the last one as a person of the homeserver sees it, once it is there or the
 * deployment had time to settle: by then those before it have been judged as well.
 */
export async function bring(
  tools: Pick<Tools, 'request' | 'poll'>,
  { peer, reader, roomId }: { readonly peer: Peer; readonly reader: Session; readonly roomId: string },
  pdus: readonly Pdu[],
): Promise<Answer> {
  for (const pdu of pdus) premise(await peer.send({ pdus: [pdu] }));
  const last = pdus.at(-1)?.eventId ?? '';
  return eventOnce(tools, reader, { roomId, eventId: last }, (event) => stringAt(event, ['event_id']) === last);
}

/** No person of the homeserver may see this event. */
export async function expectHidden(
  { request }: Pick<Tools, 'request'>,
  { reader, roomId }: { readonly reader: Session; readonly roomId: string },
  { eventId }: Pdu,
  claim: Claim,
): Promise<Findings> {
  const answer = await readEvent(request, reader, roomId, eventId);
  return expectError(answer, { status: 404, errcode: 'M_NOT_FOUND' }, claim);
}
