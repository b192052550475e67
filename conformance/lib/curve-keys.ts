import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { Random } from '../../core/random.ts';
import { canonicalJson } from './json.ts';

/** Signs JSON as Matrix does. Comes from the seed and protects nothing. */
export interface SigningKey {
  /** Unpadded Base64. */
  readonly publicKey: string;
  /** The content with this key's signature and no other. */
  signed<Content extends Readonly<Record<string, unknown>>>(content: Content, by: Signer): Content & Signed;
}

export interface Signer {
  /** A user, or a homeserver. */
  readonly name: string;
  /** What stands behind `ed25519:` in the name of the key. */
  readonly keyName: string;
}

export interface Signed {
  readonly signatures: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function createSigningKey(random: Random): SigningKey {
  const key = privateKey('ed25519', random);
  return {
    publicKey: publicText(key),
    signed: (content, { name, keyName }) => {
      const { signatures: _others, unsigned: _unsigned, ...text } = { signatures: 0, unsigned: 0, ...content };
      const signature = unpadded(sign(null, Buffer.from(canonicalJson(text)), key));
      return { ...content, signatures: { [name]: { [`ed25519:${keyName}`]: signature } } };
    },
  };
}

/** A new public key for agreeing on a session, in unpadded Base64. */
export const publicExchangeKey = (random: Random): string => publicText(privateKey('x25519', random));

// What stands before the 32 bytes in a private key of PKCS #8 (RFC 8410).
const heads = { ed25519: '302e020100300506032b657004220420', x25519: '302e020100300506032b656e04220420' };

function privateKey(kind: keyof typeof heads, random: Random): KeyObject {
  const secret = Uint8Array.from({ length: 32 }, () => random.below(256));
  const key = Buffer.concat([Buffer.from(heads[kind], 'hex'), secret]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function publicText(key: KeyObject): string {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return unpadded(der.subarray(-32));
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
