import { deliveryLatencyFor } from '../../scenarios/action-classes.ts';
import { enterMessage, hasEntered } from '../ledger.ts';
import { type Mark, readMark } from '../mark.ts';
import type { UserState } from '../user-state.ts';
import { fileField, type RoomEvent } from './sync-body.ts';

export interface Receiving {
  /** The homeserver shows again what it showed before: known messages are no duplicates. */
  readonly isReplay: boolean;
}

/** Place of the room in the user's list; -1 for rooms of no account. */
export const roomPlace = ({ row }: UserState, roomId: string): number =>
  row.rooms.findIndex((own) => own.roomId === roomId);

/** Enters the messages of others into the user's ledger of that room. */
export function receive(
  user: UserState,
  room: number,
  events: readonly RoomEvent[],
  { isReplay }: Receiving = { isReplay: false },
): void {
  for (const event of events) {
    if (event.event_id !== undefined) user.newest[room] = event.event_id;
    if (event.type === 'm.room.encrypted' && event.sender !== user.row.userId) enter(user, room, event, isReplay);
  }
}

function enter(user: UserState, room: number, { sender, content }: RoomEvent, isReplay: boolean): void {
  const ledger = user.ledgers[room];
  const mark = readMark(content?.ciphertext, user.shared.plan.runTag);
  if (mark === undefined || ledger === undefined || sender === undefined) return;
  if (isReplay && hasEntered(ledger, sender, mark.sequence)) return;
  const file = content?.[fileField];
  if (typeof file === 'string') user.attachment = file;
  if (enterMessage(ledger, sender, mark.sequence)) measure(user, room, mark);
}

/** Latency counts only for who was online when the message was sent. */
function measure(user: UserState, room: number, mark: Mark): void {
  const { clock, meter } = user.shared;
  const { onlineSinceMs } = user;
  if (onlineSinceMs === null || mark.sentMs - clock.measuringFromMs < onlineSinceMs) {
    meter.count('seenLater');
    return;
  }
  const seenAtMs = clock.measuringFromMs + clock.now();
  meter.record('delivery', seenAtMs - mark.intendedMs);
  meter.record('deliveryActual', seenAtMs - mark.sentMs);
  meter.record(deliveryLatencyFor(user.row.rooms[room]?.members ?? 0), seenAtMs - mark.intendedMs);
}
