import { expect, test } from 'vitest';
import type { Answer } from './answer.ts';
import { fileHeaderFindings, previewHeaderFindings } from './file-headers.ts';

const safe = {
  'content-type': 'image/png',
  'content-disposition': 'inline',
  'content-security-policy': 'sandbox',
  'cross-origin-resource-policy': 'cross-origin',
};

const answer = (status: number, headers: Readonly<Record<string, string>>): Answer => ({
  method: 'GET',
  template: '/x',
  path: '/x',
  status,
  headers,
  json: undefined,
  text: '',
  bytes: new Uint8Array(),
  durationMs: 1,
});

test('a file with all headers is no finding, and neither is an answer that is no file', () => {
  expect(fileHeaderFindings(answer(200, safe))).toEqual([]);
  expect(fileHeaderFindings(answer(404, {}))).toEqual([]);
});

test.each(Object.keys(safe))('a file without %s is a finding', (name) => {
  const headers = Object.fromEntries(Object.entries(safe).filter(([key]) => key !== name));
  expect(fileHeaderFindings(answer(200, headers))).toMatchObject([{ code: 'file-headers' }]);
});

test('a preview needs no policy for what could run, but all else', () => {
  const { 'content-security-policy': _policy, 'content-disposition': disposition, ...others } = safe;
  expect(previewHeaderFindings(answer(200, { ...others, 'content-disposition': disposition }))).toEqual([]);
  expect(previewHeaderFindings(answer(200, others))).toMatchObject([{ code: 'file-headers' }]);
});
