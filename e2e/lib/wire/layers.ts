import { Buffer } from 'node:buffer';
import { constants, inflateRawSync } from 'node:zlib';

/** A text that lies in bytes: as they are, or after a compressed part of them was opened. */
export interface Layer {
  readonly text: string;
  readonly isCompressed: boolean;
}

/** How often something compressed is looked for inside something compressed. */
const deepest = 2;

/** What opens to more is cut: a search needs no more, and a bomb does no harm. */
const mostBytes = 16 * 1024 * 1024;

/** Every text to be searched. Streams of gzip, zlib and zip are opened wherever they begin, also inside base64. */
export function layersOf(body: string | Uint8Array | undefined): readonly Layer[] {
  return body === undefined ? [] : layersIn(bytesOf(body), 0);
}

/** The first layer alone: what is sent, as it is. */
export const outerText = (body: string | Uint8Array | undefined): string =>
  typeof body === 'string' || body === undefined ? (body ?? '') : textOf(bytesOf(body));

function layersIn(bytes: Buffer, depth: number): readonly Layer[] {
  const text = textOf(bytes);
  const own: Layer = { text, isCompressed: depth > 0 };
  if (depth === deepest) return [own];
  return [own, ...streamsIn(bytes, text).flatMap((opened) => layersIn(opened, depth + 1))];
}

function streamsIn(bytes: Buffer, text: string): readonly Buffer[] {
  const packed = [...text.matchAll(compressedBase64)].map(([part]) => Buffer.from(part, 'base64'));
  return [...partsFrom(bytes), ...packed].flatMap((part) => opened(part) ?? []);
}

/** Beginnings of gzip (H4sI) and of zlib with its usual window (eA, eF, eJ, eN), long enough to hold a word. */
const compressedBase64 = /(?<![\w+/-])(?:H4sI|eAE|eF[4-7]|eJ[w-z]|eN[o-r])[\w+/-]{16,}/g;

function partsFrom(bytes: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length - 2; at++) if (beginsStream(bytes, at)) parts.push(bytes.subarray(at));
  return parts;
}

const zlibLevels = new Set([0x01, 0x5e, 0x9c, 0xda]);

const isZlib = (bytes: Buffer, at: number) => bytes[at] === 0x78 && zlibLevels.has(bytes[at + 1] ?? 0);

const isGzip = (bytes: Buffer, at: number) => bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 0x08;

const isZip = (bytes: Buffer, at: number) =>
  bytes[at] === 0x50 && bytes.toString('latin1', at, at + 4) === 'PK\x03\x04';

const beginsStream = (bytes: Buffer, at: number) => isZlib(bytes, at) || isGzip(bytes, at) || isZip(bytes, at);

/** What can be opened of it, also when its end is missing; undefined when it only looked like a stream. */
function opened(part: Buffer): Buffer | undefined {
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostBytes };
    const content = inflateRawSync(part.subarray(headerLength(part)), options);
    return content.length === 0 ? undefined : content;
  } catch {
    return undefined;
  }
}

function headerLength(part: Buffer): number {
  if (isZlib(part, 0)) return 2;
  return isZip(part, 0) ? 30 + part.readUInt16LE(26) + part.readUInt16LE(28) : gzipHeaderLength(part);
}

/** RFC 1952, 2.3: after ten bytes what the flags announce. */
function gzipHeaderLength(part: Buffer): number {
  const has = (flag: number) => ((part[3] ?? 0) & flag) !== 0;
  let length = 10;
  if (has(4)) length += 2 + part.readUInt16LE(length);
  if (has(8)) length = part.indexOf(0, length) + 1;
  if (has(16)) length = part.indexOf(0, length) + 1;
  return has(2) ? length + 2 : length;
}

/** Bytes become characters one by one where they are no UTF-8, so that nothing escapes the search. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') ? `${text}\n${bytes.toString('latin1')}` : text;
}

const bytesOf = (body: string | Uint8Array): Buffer =>
  typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
