import { enterMessage } from './ledger.ts';
import { readMark } from './mark.ts';
import type { RoomEvent } from './sync-body.ts';
import type { UserState } from './user-state.ts';

/** Enters the messages of others into the user's ledger of that room; their latency counts only for who is online. */
export function receive(user: UserState, room: number, events: readonly RoomEvent[]): void {
  const { clock, meter, plan } = user.shared;
  const ledger = user.ledgers[room];
  const seenAtMs = clock.measuringFromMs + clock.now();
  for (const { type, sender, content } of events) {
    if (type !== 'm.room.encrypted' || sender === undefined || sender === user.row.userId) continue;
    const mark = readMark(content?.ciphertext, plan.runTag);
    if (mark === undefined || ledger === undefined || !enterMessage(ledger, sender, mark.sequence)) continue;
    if (user.onlineAtMs === null) continue;
    meter.record('delivery', seenAtMs - mark.intendedMs);
    meter.record('deliveryActual', seenAtMs - mark.sentMs);
  }
}
