import { Buffer } from 'node:buffer';
import {
  createCipheriv,
  createHmac,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { megolm } from './payloads.ts';

/**
 * A Megolm session made by hand, so that its key can be told in ways no library would tell it.
 * For the first messages of a session only: the outer parts of the ratchet never move.
 */
export interface MegolmSession {
  readonly id: string;
  /** As the owner tells it to others: signed, from the first message on. */
  readonly sharedKey: string;
  /** As somebody tells it who got it from the owner: without a signature. */
  readonly exportedKey: string;
  /** The content of an event, or of a message to a device, in which only who has the key finds the payload. */
  encrypt(payload: object): { readonly algorithm: string; readonly session_id: string; readonly ciphertext: string };
}

/** How many messages leave the outer parts of the ratchet as they are. */
const maxMessages = 255;

export function createMegolmSession(): MegolmSession {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signer = rawPublicKey(publicKey);
  const parts = [0, 1, 2].map(() => randomBytes(32));
  let last = randomBytes(32);
  const start = Buffer.concat([Buffer.alloc(4), ...parts, last, signer]);
  const shared = Buffer.concat([Buffer.of(2), start]);
  const id = unpadded(signer);
  let index = 0;
  return {
    id,
    sharedKey: unpadded(Buffer.concat([shared, sign(null, shared, privateKey)])),
    exportedKey: unpadded(Buffer.concat([Buffer.of(1), start])),
    encrypt: (payload) => {
      if (index > maxMessages) throw new RangeError('the session is used up');
      const message = messageAt(index, Buffer.concat([...parts, last]), payload);
      index += 1;
      last = hmac(last, Buffer.of(3));
      return {
        algorithm: megolm,
        session_id: id,
        ciphertext: unpadded(Buffer.concat([message, sign(null, message, privateKey)])),
      };
    },
  };
}

function messageAt(index: number, ratchet: Buffer, payload: object) {
  const keys = Buffer.from(hkdfSync('sha256', ratchet, Buffer.alloc(0), 'MEGOLM_KEYS', 80));
  const cipher = createCipheriv('aes-256-cbc', keys.subarray(0, 32), keys.subarray(64, 80));
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(payload), 'utf8'), cipher.final()]);
  const message = Buffer.concat([
    Buffer.of(3, 0x08),
    variableLength(index),
    Buffer.of(0x12),
    variableLength(ciphertext.length),
    ciphertext,
  ]);
  return Buffer.concat([message, hmac(keys.subarray(32, 64), message).subarray(0, 8)]);
}

const hmac = (key: Buffer, data: Buffer) => createHmac('sha256', key).update(data).digest();

/** Seven bits in each byte, the lowest first; the eighth says that more follow. */
function variableLength(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}

const rawPublicKey = (key: KeyObject) => Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url');

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
