import { expect, test } from 'vitest';
import { dispositionOf } from './content-disposition.ts';

test.each([
  [undefined, undefined],
  ['inline', { kind: 'inline', filename: undefined }],
  ['attachment; filename=bericht.pdf', { kind: 'attachment', filename: 'bericht.pdf' }],
  ['Attachment; filename="a; b \\"c\\".txt"', { kind: 'attachment', filename: 'a; b "c".txt' }],
  ["inline; filename*=utf-8''%E4%BC%9A%E8%AD%B0.txt", { kind: 'inline', filename: '会議.txt' }],
  ['inline; filename="x.txt"; filename*=UTF-8\'de\'%C3%BC.txt', { kind: 'inline', filename: 'ü.txt' }],
  ['inline; filename="x.txt"; filename*=utf-8\'\'%ff', { kind: 'inline', filename: 'x.txt' }],
])('%s', (header, disposition) => {
  expect(dispositionOf(header)).toEqual(disposition);
});
