import { expect, test } from 'vitest';
import { shareInterval } from './share-interval.ts';

test('is not without width where nothing was hit', () => {
  const { share, lower, upper } = shareInterval(0, 1_000);
  expect(share).toBe(0);
  expect(lower).toBe(0);
  expect(upper).toBeCloseTo(0.003_827, 6);
});

test('equals published figures', () => {
  // Newcombe 1998, table I: 81 of 263.
  const { lower, upper } = shareInterval(81, 263);
  expect(lower).toBeCloseTo(0.255_3, 4);
  expect(upper).toBeCloseTo(0.366_2, 4);
});

test('ends at one where everything was hit', () => {
  expect(shareInterval(10, 10)).toMatchObject({ share: 1, upper: 1 });
});

test.each([
  [1, 0],
  [-1, 5],
  [6, 5],
])('refuses %d of %d', (hits, of) => {
  expect(() => shareInterval(hits, of)).toThrow(RangeError);
});
