import { Buffer } from 'node:buffer';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layersOf } from './layers.ts';

const word = 'kanarie7h2k9q4x';
const content = Buffer.from(`{"body":"${word}"}`);

const gzip = gzipSync(content);

/** RFC 1952: an extra field, a name, a comment and a checksum of the header stand before the content. */
const fullHeader = Buffer.concat([
  Buffer.from([0x1f, 0x8b, 0x08, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7]),
  Buffer.from('name\0comment\0xx'),
  gzip.subarray(10),
]);

/** A local file header with a name of four bytes and an extra field of two. */
const zip = Buffer.concat([
  Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'),
  Buffer.alloc(16),
  Buffer.from([4, 0, 2, 0]),
  Buffer.from('nameex'),
  deflateRawSync(content),
]);

const holdsWord = (body: string | Uint8Array) =>
  layersOf(body).some(({ text, isCompressed }) => isCompressed && text.includes(word));

test.each([
  ['gzip', gzipSync(content)],
  ['zlib', deflateSync(content)],
  ['zlib, fastest', deflateSync(content, { level: 1 })],
  ['zlib, level 5', deflateSync(content, { level: 5 })],
  ['zlib, smallest', deflateSync(content, { level: 9 })],
  ['gzip behind other bytes', Buffer.concat([Buffer.from([0xff, 0x1f, 0x78, 0x9c]), gzipSync(content)])],
  ['gzip before other bytes', Buffer.concat([gzipSync(content), Buffer.from('rest')])],
  ['gzip without its end', gzipSync(content).subarray(0, -6)],
  ['gzip with everything a header may have', fullHeader],
  ['a file in a zip archive', zip],
  ['gzip inside gzip', gzipSync(gzipSync(content))],
  ['gzip as base64 in JSON', JSON.stringify({ data: gzipSync(content).toString('base64') })],
  ['zlib as URL-safe base64 in JSON', JSON.stringify({ data: deflateSync(content).toString('base64url') })],
])('%s is opened', (_title, body) => {
  expect(holdsWord(body)).toBe(true);
});

test('bytes that only look compressed are left as they are', () => {
  const body = Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x78, 0x9c, 0xff, 0xff]);
  expect(layersOf(body).filter(({ isCompressed }) => isCompressed)).toEqual([]);
});

test('a word in gzip is found whatever stands before it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (before) => {
      expect(holdsWord(Buffer.concat([before, gzipSync(content)]))).toBe(true);
    }),
  );
});

test('nothing holds nothing', () => {
  expect(layersOf(undefined)).toEqual([]);
});
