import type { RoomAccount } from '../scenarios/load-record.ts';

/** What one user has seen of others in one room. Constant memory while messages come in order. */
export interface RoomLedger {
  readonly expected: number;
  seen: number;
  duplicated: number;
  outOfOrder: number;
  /** Made with the first message: thousands of people are in rooms where nobody writes. */
  senders: Map<string, Received> | undefined;
}

interface Received {
  /** Every sequence below it was seen. */
  below: number;
  highest: number;
  /** Seen beyond a gap. */
  beyond?: Set<number>;
}

export function createRoomLedger(expected: number): RoomLedger {
  return { expected, seen: 0, duplicated: 0, outOfOrder: 0, senders: undefined };
}

export function hasEntered({ senders }: RoomLedger, sender: string, sequence: number): boolean {
  const received = senders?.get(sender);
  return received !== undefined && (sequence < received.below || received.beyond?.has(sequence) === true);
}

/** Enters a message; true when it is seen for the first time. */
export function enterMessage(ledger: RoomLedger, sender: string, sequence: number): boolean {
  ledger.senders ??= new Map<string, Received>();
  const { senders } = ledger;
  const received = senders.get(sender) ?? { below: 0, highest: -1 };
  senders.set(sender, received);
  if (hasEntered(ledger, sender, sequence)) {
    ledger.duplicated++;
    return false;
  }
  ledger.seen++;
  if (sequence < received.highest) ledger.outOfOrder++;
  received.highest = Math.max(received.highest, sequence);
  closeGap(received, sequence);
  return true;
}

function closeGap(received: Received, sequence: number): void {
  if (sequence === received.below) {
    received.below++;
    while (received.beyond?.delete(received.below)) received.below++;
  } else {
    received.beyond ??= new Set();
    received.beyond.add(sequence);
  }
}

export const isComplete = ({ seen, expected }: RoomLedger): boolean => seen >= expected;

export function accountOf(ledger: RoomLedger): RoomAccount {
  const { seen, duplicated, outOfOrder, expected, senders } = ledger;
  const totals = { seen, duplicated, outOfOrder };
  return seen === expected ? totals : { ...totals, seenBySender: seenBySender(senders) };
}

function seenBySender(senders: ReadonlyMap<string, Received> = new Map()): Record<string, number[]> {
  const all = [...senders].map(([sender, { below, beyond = [] }]): [string, number[]] => [
    sender,
    [...Array.from({ length: below }, (_, sequence) => sequence), ...beyond],
  ]);
  return Object.fromEntries(all);
}
