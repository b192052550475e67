import { createPublicKey, verify } from 'node:crypto';
import { canonicalJson, objectAt, stringAt } from './json.ts';

/** Whether every key a homeserver publishes as its present one has signed the document in that server's name. */
export function isSignedByItself(document: unknown): boolean {
  const server = stringAt(document, ['server_name']) ?? '';
  const names = Object.keys(objectAt(document, ['verify_keys']));
  return names.length > 0 && names.every((name) => isSignedBy(document, { server, name, key: keyIn(document, name) }));
}

/** Whether another homeserver vouches for a document with each of its present keys, published in its own document. */
export function isVouchedFor(document: unknown, notary: unknown): boolean {
  const server = stringAt(notary, ['server_name']) ?? '';
  const names = Object.keys(objectAt(notary, ['verify_keys']));
  return names.length > 0 && names.every((name) => isSignedBy(document, { server, name, key: keyIn(notary, name) }));
}

const keyIn = (document: unknown, name: string): string | undefined => stringAt(document, ['verify_keys', name, 'key']);

interface Signature {
  readonly server: string;
  readonly name: string;
  readonly key: string | undefined;
}

function isSignedBy(document: unknown, { server, name, key }: Signature): boolean {
  const signature = stringAt(document, ['signatures', server, name]);
  if (key === undefined || signature === undefined || !name.startsWith('ed25519:')) return false;
  const raw = Buffer.from(key, 'base64');
  if (raw.length !== keyBytes) return false;
  const { signatures: _signatures, unsigned: _unsigned, ...content } = objectAt(document, []);
  const publicKey = createPublicKey({ key: Buffer.concat([spkiHead, raw]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(canonicalJson(content)), publicKey, Buffer.from(signature, 'base64'));
}

const keyBytes = 32;

// What stands before the 32 bytes in a public key (RFC 8410).
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');
