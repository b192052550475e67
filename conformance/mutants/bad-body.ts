import type { BadBody } from './mutant.ts';

const depth = 50_000;

const encoder = new TextEncoder();

const fixed: Readonly<Record<'HTML' | 'nested' | 'empty', Uint8Array>> = {
  HTML: encoder.encode('<!doctype html><h1>Welcome</h1>'),
  nested: encoder.encode(`${'{"a":['.repeat(depth)}${']}'.repeat(depth)}`),
  empty: new Uint8Array(),
};

/** What comes in the place of a body that is JSON. */
export function badBodyFor(bytes: Uint8Array, kind: BadBody): Uint8Array {
  switch (kind) {
    case 'halfJson':
      return bytes.slice(0, Math.floor(bytes.length / 2));
    case 'UTF-16':
      return Buffer.from(new TextDecoder().decode(bytes), 'utf16le');
    default:
      return fixed[kind];
  }
}
