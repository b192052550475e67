import { Buffer } from 'node:buffer';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../../lib/alteration.ts';

/** A signing key of an attacker's own. */
export interface SigningKey {
  readonly publicKey: string;
  /** The object with this key's signature added, under the name the key goes by. */
  signed(object: JsonObject, userId: string, name: string): JsonObject;
}

export function createSigningKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: rawOf(publicKey),
    signed: (object, userId, name) => {
      const { signatures, unsigned: _, ...bare } = object;
      const signature = unpadded(sign(null, Buffer.from(canonicalJson(bare)), privateKey));
      const before = isJsonObject(signatures) ? signatures : {};
      const own = isJsonObject(before[userId]) ? before[userId] : {};
      return { ...object, signatures: { ...before, [userId]: { ...own, [`ed25519:${name}`]: signature } } };
    },
  };
}

/** The public half of a fresh Curve25519 key whose private half nobody keeps. */
export const freshAgreementKey = (): string => rawOf(generateKeyPairSync('x25519').publicKey);

/** What signatures in Matrix are made over: no spaces, members in order. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).toSorted();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`).join(',')}}`;
}

const rawOf = (key: KeyObject) =>
  Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url')
    .toString('base64')
    .replace(/=+$/, '');

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
