import { Buffer } from 'node:buffer';
import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { weakPoints } from './curve-points.ts';

const { privateKey } = generateKeyPairSync('x25519');

/** OpenSSL refuses exactly the results that are all zero. */
test.each(Object.entries(weakPoints))('%s brings every key agreement to the same result', (_name, point) => {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'X25519', x: Buffer.from(point, 'base64').toString('base64url') },
    format: 'jwk',
  });
  expect(() => diffieHellman({ privateKey, publicKey: key })).toThrow();
});
