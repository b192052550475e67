import { expect, it } from 'vitest';
import { isUndocumentedStatus } from './undocumented-status.ts';

const operation = { statuses: ['200', '404'] };

it.each([
  [200, {}],
  [404, { errcode: 'M_NOT_FOUND' }],
  [401, { errcode: 'M_UNKNOWN_TOKEN' }],
  [403, { errcode: 'M_FORBIDDEN' }],
  [413, undefined],
  [429, { errcode: 'M_LIMIT_EXCEEDED' }],
  [400, { errcode: 'M_BAD_JSON' }],
  [400, { errcode: 'M_NOT_JSON' }],
  [400, { errcode: 'M_MISSING_PARAM' }],
  [405, { errcode: 'M_UNRECOGNIZED' }],
  [500, undefined],
  [503, '<html>'],
])('%d with %j is foreseen', (status, body) => {
  expect(isUndocumentedStatus(operation, status, body)).toBe(false);
});

it.each([
  [201, {}],
  [204, undefined],
  [302, undefined],
  [400, { errcode: 'M_UNKNOWN' }],
  [400, undefined],
  [405, { errcode: 'M_FORBIDDEN' }],
  [405, undefined],
  [409, { errcode: 'M_UNRECOGNIZED' }],
  [418, {}],
])('%d with %j is not', (status, body) => {
  expect(isUndocumentedStatus(operation, status, body)).toBe(true);
});

it('asks 404 for its reason where it is not documented', () => {
  expect(isUndocumentedStatus({ statuses: ['200'] }, 404, { errcode: 'M_UNRECOGNIZED' })).toBe(false);
  expect(isUndocumentedStatus({ statuses: ['200'] }, 404, { errcode: 'M_NOT_FOUND' })).toBe(true);
});

it('knows ranges', () => {
  expect(isUndocumentedStatus({ statuses: ['4XX'] }, 418, {})).toBe(false);
  expect(isUndocumentedStatus({ statuses: ['4XX'] }, 302, {})).toBe(true);
});
