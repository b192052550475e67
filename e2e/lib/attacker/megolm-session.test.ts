import { Buffer } from 'node:buffer';
import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMegolmSession } from './megolm-session.ts';

const publicKeyFrom = (raw: Buffer) =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });

describe('createMegolmSession', () => {
  it('signs its shared key with the key that is its id', () => {
    const { id, sharedKey } = createMegolmSession();
    const bytes = Buffer.from(sharedKey, 'base64');
    expect(bytes.length).toBe(1 + 4 + 128 + 32 + 64);
    expect(bytes.subarray(133, 165)).toEqual(Buffer.from(id, 'base64'));
    expect(verify(null, bytes.subarray(0, 165), publicKeyFrom(Buffer.from(id, 'base64')), bytes.subarray(165))).toBe(
      true,
    );
  });

  it('tells the same key without a signature when it is passed on', () => {
    const { sharedKey, exportedKey } = createMegolmSession();
    const [shared, exported] = [Buffer.from(sharedKey, 'base64'), Buffer.from(exportedKey, 'base64')];
    expect(exported.subarray(1)).toEqual(shared.subarray(1, 165));
    expect([shared[0], exported[0]]).toEqual([2, 1]);
  });

  it('signs messages and counts them', () => {
    const session = createMegolmSession();
    const [first, second] = [session.encrypt({ a: 1 }), session.encrypt({ a: 1 })].map(({ ciphertext }) =>
      Buffer.from(ciphertext, 'base64'),
    );
    const signer = publicKeyFrom(Buffer.from(session.id, 'base64'));
    for (const message of [first, second]) {
      expect(message && verify(null, message.subarray(0, -64), signer, message.subarray(-64))).toBe(true);
    }
    expect([first?.[2], second?.[2]]).toEqual([0, 1]);
    expect(first?.subarray(3, 20)).not.toEqual(second?.subarray(3, 20));
  });
});
