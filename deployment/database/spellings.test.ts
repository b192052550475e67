import { expect, test } from 'vitest';
import { spellings } from './spellings.ts';

test.for([
  ['a plain word', 'kanarie', 'kanarie'],
  ['bytes as hexadecimal digits', 'kanarie', '6b616e61726965'],
  ['an umlaut as it is', 'Möwe', 'Möwe'],
  ['an umlaut as Python writes JSON, escaped by COPY', 'Möwe', 'M\\\\u00f6we'],
  ['a character of two UTF-16 units', '🦜', '\\\\ud83e\\\\udd9c'],
  ['a quotation mark in JSON, escaped by COPY', 'a"b', 'a\\\\"b'],
  ['a tab in a column', 'a\tb', 'a\\tb'],
] as const)('%s', ([, word, spelling]) => {
  expect(spellings(word)).toContain(spelling);
});
