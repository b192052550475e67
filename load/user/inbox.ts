import type { RoomAccount } from '../scenarios/load-record.ts';
import { createRoomLedger } from './ledger.ts';
import { readMark } from './mark.ts';
import type { RoomEvent } from './sync-body.ts';
import type { UserContext } from './user-context.ts';

/** Enters what comes in into the ledgers of the user's rooms. */
export interface Inbox {
  readonly rooms: ReadonlySet<string>;
  /** `caughtUp`: the user was online when the events came, so their latency counts. */
  receive(roomId: string, events: readonly RoomEvent[], caughtUp: boolean): void;
  isComplete(): boolean;
  accounts(): RoomAccount[];
}

export function createInbox({ row, plan, clock, meter }: UserContext): Inbox {
  const ledgers = new Map(row.rooms.map(({ roomId, expected }) => [roomId, createRoomLedger(expected)]));
  return {
    rooms: new Set(ledgers.keys()),
    receive: (roomId, events, caughtUp) => {
      const seenAtMs = clock.measuringFromMs + clock.now();
      for (const { type, sender, content } of events) {
        if (type !== 'm.room.encrypted' || sender === undefined || sender === row.userId) continue;
        const mark = readMark(content?.ciphertext, plan.runTag);
        if (mark === undefined || !ledgers.get(roomId)?.enter(sender, mark.sequence) || !caughtUp) continue;
        meter.record('delivery', seenAtMs - mark.intendedMs);
        meter.record('deliveryActual', seenAtMs - mark.sentMs);
      }
    },
    isComplete: () => [...ledgers.values()].every((ledger) => ledger.isComplete()),
    accounts: () => row.rooms.flatMap(({ roomId }) => ledgers.get(roomId)?.account() ?? []),
  };
}
