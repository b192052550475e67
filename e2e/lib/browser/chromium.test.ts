import { expect, test } from 'vitest';
import { temporaryFolder } from './chromium.ts';

test.each([
  ['an ordinary folder', '/tmp/pruefstand-run-abc', { TMPDIR: '/tmp/pruefstand-run-abc' }],
  ['a folder that just leaves room for the socket', `/${'a'.repeat(61)}`, { TMPDIR: `/${'a'.repeat(61)}` }],
  ['a folder in which the socket would not fit', `/${'a'.repeat(62)}`, {}],
])('%s', (_name, folder, environment) => {
  expect(temporaryFolder(folder)).toEqual(environment);
});
