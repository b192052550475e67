import { expect, test } from 'vitest';
import { parsedJson } from './parsed-json.ts';

const nested = (levels: number, inner = '') => `${'['.repeat(levels)}${inner}${']'.repeat(levels)}`;

test('a text that is no JSON has no value', () => {
  expect(parsedJson('<html>')).toBeUndefined();
  expect(parsedJson('{"half":')).toBeUndefined();
});

test('what is nested beyond all reason has no value', () => {
  expect(parsedJson(nested(100_000))).toBeUndefined();
  expect(parsedJson(nested(1_001))).toBeUndefined();
  expect(parsedJson(nested(1_000))).toBeDefined();
});

test('brackets inside texts do not count', () => {
  const text = `\\"${'[{'.repeat(2_000)}`.replace('\\"', '"');
  expect(parsedJson(JSON.stringify({ text }))).toEqual({ text });
});

test('many values side by side are not deep', () => {
  expect(parsedJson(`[${Array.from({ length: 5_000 }, () => '[]').join(',')}]`)).toHaveLength(5_000);
});
