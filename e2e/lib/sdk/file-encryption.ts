import { Buffer } from 'node:buffer';
import { webcrypto } from 'node:crypto';
import type { EncryptedFile } from 'matrix-js-sdk/lib/@types/media.js';
import type { FetchedFile } from '../crypto-device.ts';

/** What opens an encrypted file, as the message carries it. */
export type FileOpening = Omit<EncryptedFile, 'url'>;

const cipher = 'AES-CTR';

/** Half of the block counts, so that a file may have 2^64 blocks. */
const counterBits = 64;

export async function encryptedFile(bytes: Uint8Array<ArrayBuffer>) {
  const key = await webcrypto.subtle.generateKey({ name: cipher, length: 256 }, true, ['encrypt', 'decrypt']);
  const counter = new Uint8Array(16);
  webcrypto.getRandomValues(counter.subarray(0, 8));
  const ciphertext = await webcrypto.subtle.encrypt({ name: cipher, counter, length: counterBits }, key, bytes);
  const { k = '' } = await webcrypto.subtle.exportKey('jwk', key);
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
  const { hashes, key, iv } = opening;
  if (hashes['sha256'] !== (await hashOf(bytes))) return { kind: 'refused', reason: 'sha256' };
  const opener = await webcrypto.subtle.importKey('jwk', key, cipher, false, ['decrypt']);
  const counter = new Uint8Array(Buffer.from(iv, 'base64'));
  const plain = await webcrypto.subtle.decrypt({ name: cipher, counter, length: counterBits }, opener, bytes);
  return { kind: 'opened', bytes: new Uint8Array(plain) };
}

const hashOf = async (bytes: Uint8Array<ArrayBuffer>) =>
  unpadded(new Uint8Array(await webcrypto.subtle.digest('SHA-256', bytes)));

const unpadded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
