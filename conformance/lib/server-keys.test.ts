import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { createSigningKey } from './curve-keys.ts';
import { isSignedByItself, isVouchedFor } from './server-keys.ts';

const serverName = 'neighbour.example.org';

function published() {
  const key = createSigningKey(createRandom('server keys'));
  const content = {
    server_name: serverName,
    verify_keys: { 'ed25519:a': { key: key.publicKey } },
    old_verify_keys: {},
    valid_until_ts: 1,
  };
  return key.signed(content, { name: serverName, keyName: 'a' });
}

describe('isSignedByItself', () => {
  it('accepts a document signed by each of its keys', () => {
    expect(isSignedByItself(published())).toBe(true);
  });

  it('refuses altered content', () => {
    expect(isSignedByItself({ ...published(), valid_until_ts: 2 })).toBe(false);
  });

  it('refuses the name of another server', () => {
    expect(isSignedByItself({ ...published(), server_name: 'other.example.org' })).toBe(false);
  });

  it('refuses a document without keys', () => {
    expect(isSignedByItself({ ...published(), verify_keys: {} })).toBe(false);
  });

  it('refuses a key of another length', () => {
    expect(isSignedByItself({ ...published(), verify_keys: { 'ed25519:a': { key: 'AAAA' } } })).toBe(false);
  });
});

describe('isVouchedFor', () => {
  it('accepts the signature of the notary and no other', () => {
    const document = published();
    expect(isVouchedFor(document, document)).toBe(true);
    expect(isVouchedFor(document, { ...document, server_name: 'other.example.org' })).toBe(false);
    expect(isVouchedFor(document, {})).toBe(false);
  });
});
