/** Seeded randomness: the same seed gives the same choices. sfc32 seeded by FNV-1a hashes; not for secrets. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** Integer in [0, bound). */
  below(bound: number): number;
  /** Lower-case letters and digits. */
  word(length: number): string;
  pick<T>(items: readonly T[]): T;
}

export function createRandom(seed: string): Random {
  const next = sfc32(fnv(`${seed}|a`), fnv(`${seed}|b`), fnv(`${seed}|c`), fnv(`${seed}|d`));
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    next,
    below,
    word: (length) => Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[below(36)]).join(''),
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('cannot pick from an empty list');
      return item;
    },
  };
}

function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

function sfc32(a: number, b: number, c: number, d: number): () => number {
  return () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4294967296;
  };
}
