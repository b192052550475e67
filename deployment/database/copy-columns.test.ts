import { expect, test } from 'vitest';
import { columnsOf } from './copy-columns.ts';

test.each([
  ['texts', 'a\tb', ['a', 'b']],
  ['nulls', 'a\t\\N', ['a']],
  ['escapes', 'a\\tb\\n\\\\c', ['a\tb\n\\c']],
  ['JSON with escapes of its own', '{"a":"\\\\u00f6 \\\\"x\\\\""}', ['{"a":"\\u00f6 \\"x\\""}']],
  ['bytes', '\\\\x6b00ff', [Buffer.from([0x6b, 0, 0xff])]],
  ['a text that only begins like bytes', '\\\\xyz', ['\\xyz']],
])('%s', (_title, row, columns) => {
  expect(columnsOf(row)).toEqual(columns);
});
