import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

describe('createRandom', () => {
  it('gives the same values on every machine and in every version', () => {
    const random = createRandom('1/conformance.sync.next-batch');
    expect([random.next(), random.next(), random.next()]).toEqual([
      0.9932767553254962, 0.9253627259749919, 0.33528778748586774,
    ]);
    expect([random.below(10), random.below(1000), random.word(12), random.pick(['a', 'b', 'c'])]).toEqual([
      0,
      511,
      'f3p3mou4x415',
      'a',
    ]);
  });

  it('gives other values for another seed', () => {
    const words = new Set(Array.from({ length: 1000 }, (_, seed) => createRandom(`${seed}/check`).word(10)));
    expect(words.size).toBe(1000);
  });

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 1_000_000 }), (seed, bound) => {
        const random = createRandom(seed);
        const below = random.below(bound);
        const next = random.next();
        return Number.isInteger(below) && below >= 0 && below < bound && next >= 0 && next < 1;
      }),
    );
  });

  it('reaches every item about equally often', () => {
    const random = createRandom('spread');
    const counts = new Map<number, number>();
    for (let draw = 0; draw < 36_000; draw++) {
      const value = random.below(36);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect(counts.size).toBe(36);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('makes words of lower-case letters and digits', () => {
    expect(createRandom('word').word(200)).toMatch(/^[a-z0-9]{200}$/);
  });

  it('refuses to pick from nothing', () => {
    expect(() => createRandom('x').pick([])).toThrow('cannot pick from an empty list');
  });
});
