import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

test.each([
  ['milliseconds in the body', {}, '{"retry_after_ms":1500}', 1_500],
  ['seconds in the header', { 'retry-after': '2' }, '{}', 2_000],
  ['both: the body, which is finer', { 'retry-after': '2' }, '{"retry_after_ms":1001}', 1_001],
  ['a page of a proxy', { 'retry-after': '3' }, '<html>slow down</html>', 3_000],
  ['nothing', {}, '{"errcode":"M_LIMIT_EXCEEDED"}', undefined],
  ['a date, which no homeserver sends', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, '', undefined],
  ['times before now', { 'retry-after': '-1' }, '{"retry_after_ms":-5}', undefined],
  ['null', {}, 'null', undefined],
])('reads %s', (_, headers, body, wanted) => {
  expect(retryAfterMs({ headers, text: () => body })).toBe(wanted);
});
