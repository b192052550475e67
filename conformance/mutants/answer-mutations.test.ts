import { expect, test } from 'vitest';
import { loadOperations } from '../../schemas/matrix/operations.ts';
import { answerMutations } from './answer-mutations.ts';
import { applyChange, saysTheSame } from './apply-change.ts';

const request = { method: 'GET', url: 'https://hs1/_matrix/client/v3/account/whoami' };
const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*', date: 'now' };
const forCaches = { vary: 'Origin', 'cache-control': 'no-store' };
const all = { ...headers, ...forCaches, 'retry-after': '1' };

function patterns(kind: string, status: number, json: unknown, path = '/_matrix/client/v3/account/whoami') {
  const operation = loadOperations().match('GET', path);
  return answerMutations({ request, status, headers: all, bytes: new Uint8Array() }, json, operation)
    .filter((one) => one.kind === kind)
    .map(({ pattern }) => pattern);
}

test('the status becomes another documented one, a success, an absence or an inner error, never a limit', () => {
  expect(patterns('status', 200, {}).toSorted()).toEqual(['401', '403', '404', '500']);
  expect(patterns('status', 404, {})).toContain('200');
});

test('an error gets other codes', () => {
  expect(patterns('errcode', 401, { errcode: 'M_UNKNOWN_TOKEN' })).toEqual(['M_UNKNOWN', 'M_NOT_FOUND']);
  expect(patterns('errcode', 200, {})).toEqual([]);
});

test('of the headers those are dropped of which the specification speaks', () => {
  expect(patterns('droppedHeader', 200, {})).toEqual(['access-control-allow-origin', 'content-type']);
});

test('what caches and those who are limited go by is dropped where the specification has it', () => {
  const versions = patterns('droppedHeader', 200, {}, '/_matrix/client/versions');
  expect(versions).toEqual(['access-control-allow-origin', 'content-type', 'cache-control', 'vary']);
  expect(patterns('droppedHeader', 429, {})).toContain('retry-after');
});

test('JSON becomes what is none', () => {
  expect(patterns('badBody', 200, {})).toEqual(['HTML', 'halfJson', 'nested', 'UTF-16', 'empty']);
  expect(patterns('badBody', 200, undefined)).toEqual([]);
});

test('a change of status or header leaves the rest alone and is told again where the truth is the same', () => {
  const answer = { status: 200, headers, json: { a: 1 } };
  expect(applyChange(answer, { status: 404 })).toEqual({ ...answer, status: 404 });
  const { date: _dropped, ...others } = headers;
  expect(applyChange(answer, { withoutHeader: 'date' })).toEqual({ ...answer, headers: others });
  expect(saysTheSame(answer, { ...answer, json: {} }, { status: 404 })).toBe(true);
  expect(saysTheSame(answer, { ...answer, status: 401 }, { status: 404 })).toBe(false);
  const edits = [{ at: ['a'], to: 2 }];
  expect(saysTheSame(answer, { ...answer, json: { a: 1, b: 2 } }, { edits })).toBe(true);
  expect(saysTheSame(answer, { ...answer, json: { a: 3 } }, { edits })).toBe(false);
});
