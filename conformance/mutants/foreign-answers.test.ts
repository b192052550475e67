import { expect, test } from 'vitest';
import { foreignAnswersIn } from './foreign-answers.ts';

const question = 'GET /_matrix/client/v3/joined_rooms';

const answered = (token: string | undefined, json: unknown, status = 200) => ({
  question,
  given: {
    request: { method: 'GET', url: 'https://hs1/', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    status,
    headers: {},
    bytes: new TextEncoder().encode(JSON.stringify(json)),
  },
});

test('an answer is exchanged for one that another session got to the same question', () => {
  const foreign = foreignAnswersIn([answered('alice', { a: 1 }), answered('bob', { b: 1 })]);
  expect([foreign(0), foreign(1)]).toEqual([{ b: 1 }, { a: 1 }]);
});

test.each([
  ['the same session', answered('alice', { b: 1 })],
  ['nobody in particular', answered(undefined, { b: 1 })],
  ['who was refused', answered('bob', { b: 1 }, 403)],
  ['who heard the same', answered('bob', { a: 1 })],
  ['who asked something else', { ...answered('bob', { b: 1 }), question: 'GET /_matrix/client/v3/sync' }],
])('not for one of %s', (_, other) => {
  expect(foreignAnswersIn([answered('alice', { a: 1 }), other])(0)).toBeUndefined();
});
