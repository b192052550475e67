import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layersOf } from './layers.ts';
import { formsIn, formsInLayers, formsOf } from './word-forms.ts';

const word = 'kanarie7h2k9q4x';
const forms = formsOf(word);

test.each([
  ['plain', `{"body":"a ${word} b"}`],
  ['plain', word.toUpperCase()],
  ['jsonEscaped', [...word].map((c) => `\\u00${c.charCodeAt(0).toString(16).toUpperCase()}`).join('')],
  ['percentEncoded', [...word].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')],
  ['hex', `0x${Buffer.from(word).toString('hex')}ff`],
  ['hex', Buffer.from(word).toString('hex').toUpperCase()],
  ['base64', Buffer.from(`{"body":"${word}"}`).toString('base64')],
  ['utf16', Buffer.from(`vor ${word} nach`, 'utf16le').toString('latin1')],
  ['utf16', Buffer.from(`vor ${word} nach`, 'utf16le').swap16().toString('latin1')],
])('the %s form is found', (name, text) => {
  expect(formsIn(text, forms)).toContain(name);
});

test('base64 is found whatever stands before and after the word', () => {
  const around = fc.uint8Array({ maxLength: 40 });
  fc.assert(
    fc.property(around, around, fc.constantFrom('base64', 'base64url'), (before, after, encoding) => {
      const bytes = Buffer.concat([before, Buffer.from(word), after]);
      expect(formsIn(bytes.toString(encoding as BufferEncoding), forms)).not.toEqual([]);
    }),
  );
});

test('base64 of a word with bytes that need + or / is found in its URL form', () => {
  const umlauts = 'ÿ>?ÿ>?ÿ>?ÿ>?';
  const text = Buffer.from(`xx${umlauts}xx`).toString('base64url');
  expect(formsIn(text, formsOf(umlauts))).toContain('base64Url');
});

test('a word that is compressed, in whatever form, is told as that', () => {
  const layers = layersOf(gzipSync(Buffer.from(word).toString('hex')));
  expect(formsInLayers(layers, forms)).toEqual(['compressed']);
});

test.each(['utf16le', 'utf8'] as const)('bytes of %s are found between bytes that are no UTF-8', (encoding) => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xc0]), Buffer.from(word, encoding), Buffer.from([0x80])]);
  expect(formsInLayers(layersOf(bytes), forms)).toEqual([encoding === 'utf8' ? 'plain' : 'utf16']);
});

test('text without the word shows no form', () => {
  expect(formsIn('{"body":"kanarie"} a2FuYXJpZQ==', forms)).toEqual([]);
});

test('a short word is refused', () => {
  expect(() => formsOf('abc')).toThrow('too short');
});
