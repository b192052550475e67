import { expect, test } from 'vitest';
import { loadOperations, type Operation } from '../../schemas/matrix/operations.ts';
import type { Answer } from './answer.ts';
import { createTally } from './tally.ts';

const path = '/_matrix/client/v3/account/whoami';
const whoami = loadOperations().match('GET', path) as Operation;

const answered = (status: number, json: unknown): Answer => ({
  method: 'GET',
  template: path,
  path,
  status,
  headers: {},
  json,
  text: '',
  durationMs: 1,
  bytes: new Uint8Array(),
});

test('counts every kind of answer by itself', () => {
  const tally = createTally();
  tally.count(whoami, answered(200, { user_id: '@a:hs1' }), true);
  tally.count(whoami, answered(200, { user_id: '@a:hs1' }), true);
  tally.count(whoami, answered(401, { errcode: 'M_MISSING_TOKEN' }), false);
  tally.count(whoami, answered(401, { errcode: 'words of the target' }), true);
  expect(tally.exercises).toEqual([
    { operation: 'getTokenOwner', status: 200, seen: 2, validated: 2 },
    { operation: 'getTokenOwner', status: 401, errcode: 'M_MISSING_TOKEN', seen: 1, validated: 0 },
    { operation: 'getTokenOwner', status: 401, seen: 1, validated: 1 },
  ]);
});

test('names the keys nobody describes, once each and only those that are no text', () => {
  const tally = createTally();
  tally.count(whoami, answered(200, { user_id: '@a:hs1', 'org.example.x': 1, 'a secret, written out': 2 }), true);
  tally.count(whoami, answered(200, { user_id: '@a:hs1', 'org.example.x': 3, b: 4 }), true);
  expect(tally.exercises).toMatchObject([{ seen: 2, unknownKeys: ['/b', '/org.example.x'] }]);
});
