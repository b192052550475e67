import { Buffer } from 'node:buffer';
import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalJson, createSigningKey } from './signing.ts';

test('canonical JSON has no spaces, and members in order at every depth', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'ü' }], a: true })).toBe('{"a":true,"b":[1,{"c":"ü","d":null}]}');
});

test('a signature covers the object without what others signed', () => {
  const key = createSigningKey();
  const first = key.signed({ b: 1, a: 2 }, '@alice:test', 'ONE');
  const both = key.signed(first, '@alice:test', 'TWO');
  const { signatures } = both as unknown as { signatures: Record<string, Record<string, string>> };
  expect(Object.keys(signatures['@alice:test'] ?? {})).toEqual(['ed25519:ONE', 'ed25519:TWO']);
  const x = Buffer.from(key.publicKey, 'base64').toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  for (const signature of Object.values(signatures['@alice:test'] ?? {}))
    expect(verify(null, Buffer.from('{"a":2,"b":1}'), publicKey, Buffer.from(signature, 'base64'))).toBe(true);
});
