import { Buffer } from 'node:buffer';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { JsonObject } from './alteration.ts';

/** An identity that someone else than its owner made, as a homeserver could pass it off. */
export interface ForgedIdentity {
  readonly masterKey: JsonObject;
  readonly selfSigningKey: JsonObject;
}

export function forgeIdentity(userId: string): ForgedIdentity {
  const [master, selfSigning] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  const masterKey = keyFor(userId, 'master', master.publicKey);
  const vouched = keyFor(userId, 'self_signing', selfSigning.publicKey);
  const signature = unpadded(sign(null, new TextEncoder().encode(JSON.stringify(vouched)), master.privateKey));
  const signatures = { [userId]: { [`ed25519:${publicPart(master.publicKey)}`]: signature } };
  return { masterKey, selfSigningKey: { ...vouched, signatures } };
}

/** Members stand in the order in which they are signed. */
function keyFor(userId: string, usage: string, key: KeyObject) {
  const text = publicPart(key);
  return { keys: { [`ed25519:${text}`]: text }, usage: [usage], user_id: userId };
}

const publicPart = (key: KeyObject): string =>
  unpadded(Buffer.from(String(key.export({ format: 'jwk' })['x']), 'base64url'));

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
