import type { RoomAccount } from '../scenarios/load-record.ts';

/** What one user has seen of others in one room. Constant memory while messages come in order. */
export interface RoomLedger {
  /** Enters a message; true when it is seen for the first time. */
  enter(sender: string, sequence: number): boolean;
  isComplete(): boolean;
  account(): RoomAccount;
}

interface Received {
  /** Every sequence below it was seen. */
  below: number;
  highest: number;
  /** Seen beyond a gap. */
  readonly beyond: Set<number>;
}

export function createRoomLedger(expected: number): RoomLedger {
  const senders = new Map<string, Received>();
  const totals = { seen: 0, duplicated: 0, outOfOrder: 0 };
  return {
    enter: (sender, sequence) => {
      const received = senders.get(sender) ?? { below: 0, highest: -1, beyond: new Set<number>() };
      senders.set(sender, received);
      if (sequence < received.below || received.beyond.has(sequence)) {
        totals.duplicated++;
        return false;
      }
      totals.seen++;
      if (sequence < received.highest) totals.outOfOrder++;
      received.highest = Math.max(received.highest, sequence);
      close(received, sequence);
      return true;
    },
    isComplete: () => totals.seen >= expected,
    account: () => (totals.seen === expected ? totals : { ...totals, seenBySender: seenBySender(senders) }),
  };
}

function close(received: Received, sequence: number): void {
  received.beyond.add(sequence);
  while (received.beyond.delete(received.below)) received.below++;
}

function seenBySender(senders: ReadonlyMap<string, Received>): Record<string, number[]> {
  const all = [...senders].map(([sender, { below, beyond }]): [string, number[]] => [
    sender,
    [...Array.from({ length: below }, (_, sequence) => sequence), ...beyond],
  ]);
  return Object.fromEntries(all);
}
