import type { Random } from '../../core/random.ts';
import type { JsonObject } from '../../schemas/json.ts';
import { createSigningKey, type Signed } from '../lib/curve-keys.ts';
import { objectAt } from '../lib/json.ts';
import { contentHash, type Pdu, pduFrom } from './pdu.ts';
import { redacted } from './redacted.ts';

/** A homeserver's name and the key by which others know that something is from it. */
export interface ServerIdentity {
  readonly serverName: string;
  /** What stands behind `ed25519:` in the name of the key. */
  readonly keyName: string;
  /** Unpadded Base64. */
  readonly publicKey: string;
  signed(content: JsonObject): JsonObject & Signed;
  /** The event with its hash and signature: https://spec.matrix.org/v1.19/server-server-api/#signing-events */
  sealed(event: JsonObject, alsoSigned?: readonly string[]): Pdu;
  /** Another homeserver's event with a signature of this one beside those it has. */
  countersigned(event: JsonObject): JsonObject;
}

/** The key's name is random, because homeservers remember keys by name. */
export function createServerIdentity(serverName: string, random: Random): ServerIdentity {
  const key = createSigningKey(random);
  const signer = { name: serverName, keyName: random.word(8) };
  const signatureOf = (event: JsonObject, alsoSigned?: readonly string[]) =>
    key.signed(redacted(event, alsoSigned), signer).signatures;
  return {
    serverName,
    keyName: signer.keyName,
    publicKey: key.publicKey,
    signed: (content) => key.signed(content, signer),
    sealed: (event, alsoSigned) => {
      const hashed = { ...event, hashes: { sha256: contentHash(event) } };
      return pduFrom({ ...hashed, signatures: signatureOf(hashed, alsoSigned) });
    },
    countersigned: (event) => ({
      ...event,
      signatures: { ...objectAt(event, ['signatures']), ...signatureOf(event) },
    }),
  };
}
