import { Buffer } from 'node:buffer';
import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { forgeIdentity } from './forged-identity.ts';

test('the forged master key vouches for the forged self-signing key', () => {
  const { masterKey, selfSigningKey } = forgeIdentity('@anna:hs1.example');
  const [[name = '', text = '']] = Object.entries(masterKey['keys'] as Record<string, string>) as [[string, string]];
  const { signatures, ...signed } = selfSigningKey;
  const x = Buffer.from(text, 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const signature = (signatures as Record<string, Record<string, string>>)['@anna:hs1.example']?.[name] ?? '';
  const isVouched = verify(null, Buffer.from(JSON.stringify(signed)), key, Buffer.from(signature, 'base64'));
  expect(isVouched).toBe(true);
});
