import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunks } from './chunks.ts';

test('chunks hold everything in order and none is larger than asked', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 20 }), (items, size) => {
      const all = chunks(items, size);
      expect(all.flat()).toEqual(items);
      expect(all.every((chunk) => chunk.length <= size && chunk.length > 0)).toBe(true);
    }),
  );
});
