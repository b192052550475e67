import { expect, test } from 'vitest';
import type { Answer } from './answer.ts';
import { passwordAsked, passwordProof } from './uia.ts';

const claim = { code: 'not-asked', title: 'Es wird kein Kennwort verlangt' };

function asked(status: number, flows: readonly (readonly string[])[]): Answer {
  const json = { session: 'abc', flows: flows.map((stages) => ({ stages })) };
  return {
    method: 'POST',
    template: '/x',
    path: '/x',
    status,
    headers: {},
    json,
    text: '',
    bytes: new Uint8Array(),
    durationMs: 1,
  };
}

test('a password is asked for when every way leads over it', () => {
  expect(passwordAsked(asked(401, [['m.login.password']]), claim)).toEqual([]);
  expect(passwordAsked(asked(401, [['m.login.password', 'm.login.terms'], ['m.login.password']]), claim)).toEqual([]);
});

test.each([
  ['another status', asked(200, [['m.login.password']])],
  ['no way at all', asked(401, [])],
  ['a way around it', asked(401, [['m.login.password'], ['m.login.dummy']])],
])('%s is a finding', (_what, answer) => {
  expect(passwordAsked(answer, claim)).toMatchObject([{ code: 'not-asked' }]);
});

test('a proof goes on with the session that asked', () => {
  const { auth } = passwordProof(asked(401, []), { userId: '@alice:hs1.example' }, 'geheim');
  expect(auth).toEqual({
    type: 'm.login.password',
    session: 'abc',
    identifier: { type: 'm.id.user', user: '@alice:hs1.example' },
    password: 'geheim',
  });
});
