import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountOf, createRoomLedger, enterMessage, isComplete } from './ledger.ts';

function ledgerAfter(expected: number, ...entries: readonly (readonly [string, number])[]) {
  const ledger = createRoomLedger(expected);
  for (const [sender, sequence] of entries) enterMessage(ledger, sender, sequence);
  return ledger;
}

test('messages in order complete the account', () => {
  const ledger = ledgerAfter(3, ['alice', 0], ['bob', 0], ['alice', 1]);
  expect(isComplete(ledger)).toBe(true);
  expect(accountOf(ledger)).toEqual({ seen: 3, duplicated: 0, outOfOrder: 0 });
});

test('a repeated message is a duplicate and not seen again', () => {
  const ledger = ledgerAfter(2, ['alice', 0], ['alice', 0]);
  expect(isComplete(ledger)).toBe(false);
  expect(accountOf(ledger)).toMatchObject({ seen: 1, duplicated: 1 });
});

test('a repeated message beyond a gap is a duplicate too', () => {
  expect(accountOf(ledgerAfter(3, ['alice', 2], ['alice', 2]))).toMatchObject({ seen: 1, duplicated: 1 });
});

test('a message after a later one of the same sender is out of order', () => {
  expect(accountOf(ledgerAfter(2, ['alice', 1], ['alice', 0]))).toEqual({ seen: 2, duplicated: 0, outOfOrder: 1 });
});

test('the order between senders does not matter', () => {
  expect(accountOf(ledgerAfter(3, ['bob', 1], ['alice', 0], ['bob', 2]))).toMatchObject({ outOfOrder: 0 });
});

test('an incomplete account lists what was seen, so that the missing can be named', () => {
  const { seenBySender } = accountOf(ledgerAfter(5, ['alice', 0], ['alice', 1], ['alice', 4], ['bob', 2]));
  expect(seenBySender).toEqual({ alice: [0, 1, 4], bob: [2] });
});

test('nothing expected is complete from the start', () => {
  expect(isComplete(createRoomLedger(0))).toBe(true);
});

test('whatever comes in, in whatever order, each different message is seen once', () => {
  const arrivals = fc.array(fc.tuple(fc.constantFrom('alice', 'bob', 'carol'), fc.nat(20)), { maxLength: 80 });
  fc.assert(
    fc.property(arrivals, (entries) => {
      const distinct = new Set(entries.map(([sender, sequence]) => `${sender}${sequence}`));
      const ledger = ledgerAfter(-1, ...entries);
      const { seen, duplicated, seenBySender = {} } = accountOf(ledger);
      expect(seen).toBe(distinct.size);
      expect(duplicated).toBe(entries.length - distinct.size);
      const listed = Object.entries(seenBySender).flatMap(([sender, list]) =>
        list.map((sequence) => sender + sequence),
      );
      expect(new Set(listed)).toEqual(distinct);
      expect(listed.length).toBe(distinct.size);
    }),
  );
});

test('a sender in order needs no memory for each message', () => {
  const ledger = createRoomLedger(100_000);
  for (let sequence = 0; sequence < 100_000; sequence++) enterMessage(ledger, 'alice', sequence);
  expect(ledger.senders?.get('alice')?.beyond?.size ?? 0).toBe(0);
});
