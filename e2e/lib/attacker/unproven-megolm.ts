import { Buffer } from 'node:buffer';
import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { parsedJson } from '../../../core/parsed-json.ts';
import { isJsonObject } from '../alteration.ts';

/** Bytes before the ratchet: the version, and the number of the first message the key opens. */
const keyHead = 5;
const ratchetLength = 128;
const partLength = 32;
/** What proves a message stands behind it: a short code and a signature. */
const proofLength = 8 + 64;

/**
 * Opens a Megolm message and compares nothing: neither its code nor its signature nor the room it names.
 * For the first messages of a session only, which leave the outer parts of the ratchet as they are.
 */
export function readUnproven(ciphertext: string, exportedKey: string): string {
  const { index, body } = partsOf(Buffer.from(ciphertext, 'base64'));
  const keys = Buffer.from(hkdfSync('sha256', ratchetAt(index, exportedKey), Buffer.alloc(0), 'MEGOLM_KEYS', 80));
  const opener = createDecipheriv('aes-256-cbc', keys.subarray(0, 32), keys.subarray(64, 80)).setAutoPadding(false);
  const text = Buffer.concat([opener.update(body), opener.final()]).toString('utf8');
  return bodyIn(parsedJson(text.slice(0, text.lastIndexOf('}') + 1))) ?? text;
}

/** Behind the version stands the number of the message, behind that what is encrypted, each with a mark before it. */
function partsOf(message: Buffer) {
  const index = numberAt(message, 2);
  const length = numberAt(message, index.end + 1);
  const whole = Math.min(length.end + length.value, message.length - proofLength);
  return { index: index.value, body: message.subarray(length.end, whole) };
}

function numberAt(bytes: Buffer, start: number): { readonly value: number; readonly end: number } {
  const byte = bytes[start] ?? 0;
  if (byte < 0x80) return { value: byte, end: start + 1 };
  const rest = numberAt(bytes, start + 1);
  return { value: (byte & 0x7f) + rest.value * 0x80, end: rest.end };
}

function ratchetAt(index: number, exportedKey: string): Buffer {
  const key = Buffer.from(exportedKey, 'base64');
  const start = key.subarray(keyHead, keyHead + ratchetLength);
  let last = start.subarray(-partLength);
  for (let step = key.readUInt32BE(1); step < index; step += 1) {
    last = createHmac('sha256', last).update(Buffer.of(3)).digest();
  }
  return Buffer.concat([start.subarray(0, -partLength), last]);
}

function bodyIn(payload: unknown): string | undefined {
  const content = isJsonObject(payload) ? payload['content'] : undefined;
  return isJsonObject(content) && typeof content['body'] === 'string' ? content['body'] : undefined;
}
