import type { EncryptedFile } from 'matrix-js-sdk/lib/@types/media.js';
import { decodeBase64, encodeUnpaddedBase64 as unpadded } from 'matrix-js-sdk/lib/base64.js';
import type { FetchedFile } from '../crypto-device.ts';

/** What opens an encrypted file, as the message carries it. */
export type FileOpening = Omit<EncryptedFile, 'url'>;

const cipher = 'AES-CTR';

/** Half of the block counts, so that a file may have 2^64 blocks. */
const counterBits = 64;

export async function encryptedFile(bytes: Uint8Array<ArrayBuffer>) {
  const key = await crypto.subtle.generateKey({ name: cipher, length: 256 }, true, ['encrypt', 'decrypt']);
  const counter = new Uint8Array(16);
  crypto.getRandomValues(counter.subarray(0, 8));
  const ciphertext = await crypto.subtle.encrypt({ name: cipher, counter, length: counterBits }, key, bytes);
  const { k = '' } = await crypto.subtle.exportKey('jwk', key);
  const opening: FileOpening = {
    v: 'v2',
    key: { kty: 'oct', alg: 'A256CTR', ext: true, key_ops: ['encrypt', 'decrypt'], k },
    iv: unpadded(counter),
    hashes: { sha256: await hashOf(new Uint8Array(ciphertext)) },
  };
  return { ciphertext: new Uint8Array(ciphertext), opening };
}

/** Nothing is opened before its hash was compared: the cipher itself notices no change. */
export async function openedFile(bytes: Uint8Array<ArrayBuffer>, opening: FileOpening): Promise<FetchedFile> {
  const isWhole = opening.hashes['sha256'] === (await hashOf(bytes));
  return isWhole ? openedUnchecked(bytes, opening) : { kind: 'refused', reason: 'sha256' };
}

/** As no device should. */
export async function openedUnchecked(bytes: Uint8Array<ArrayBuffer>, { key, iv }: FileOpening): Promise<FetchedFile> {
  const opener = await crypto.subtle.importKey('jwk', key, cipher, false, ['decrypt']);
  const counter = decodeBase64(iv);
  const plain = await crypto.subtle.decrypt({ name: cipher, counter, length: counterBits }, opener, bytes);
  return { kind: 'opened', bytes: new Uint8Array(plain) };
}

const hashOf = async (bytes: Uint8Array<ArrayBuffer>) =>
  unpadded(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
