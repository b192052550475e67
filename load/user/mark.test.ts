import { expect, test } from 'vitest';
import { markCharacters, readMark, writeMark } from './mark.ts';

const mark = { runTag: 'abc123', sequence: 41, intendedMs: 1_795_424_026_356, sentMs: 1_795_424_026_999 };

test('a mark is read back from the beginning of a ciphertext', () => {
  expect(readMark(`${writeMark(mark)}restOfTheCiphertext`, 'abc123')).toEqual(mark);
});

test('a mark is as long as it says and valid base64', () => {
  expect(writeMark(mark)).toHaveLength(markCharacters);
  expect(writeMark(mark)).toMatch(/^[A-Za-z0-9+/]+$/);
});

test.each([
  ['another run', writeMark({ ...mark, runTag: 'zzz999' })],
  ['a real message', 'AwgAEpABKq7v0x'],
  ['a cut mark', writeMark(mark).slice(0, 15)],
  ['no text', undefined],
  ['a number', 7],
])('%s is no mark of this run', (_what, ciphertext) => {
  expect(readMark(ciphertext, 'abc123')).toBeUndefined();
});
