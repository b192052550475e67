import { expect, test } from 'vitest';
import type { Answer } from './answer.ts';
import { expectEqual, expectError, expectStatus, shown } from './match.ts';
import { PremiseError, premise, premiseString } from './premise.ts';

const claim = { code: 'broken', title: 'Etwas stimmt nicht' };

const answer = (status: number, json?: unknown): Answer => ({
  method: 'GET',
  template: '/rooms/{roomId}',
  path: '/rooms/!a',
  status,
  json,
  headers: { 'content-type': 'text/html' },
  text: '',
  durationMs: 1,
  bytes: new Uint8Array(),
});

test('a finding names place, request, expectation and observation', () => {
  expect(expectStatus(answer(404, { errcode: 'M_NOT_FOUND' }), 200, claim)).toEqual([
    {
      ...claim,
      expected: 'Status 200',
      observed: 'Status 404 mit errcode M_NOT_FOUND',
      where: 'GET /rooms/{roomId}',
      request: 'GET /rooms/!a → 404',
    },
  ]);
});

test.each([
  [403, { errcode: 'M_FORBIDDEN' }, []],
  [403, { errcode: 'M_UNKNOWN' }, ['Status 403 mit errcode M_UNKNOWN']],
  [401, { errcode: 'M_FORBIDDEN' }, ['Status 401 mit errcode M_FORBIDDEN']],
  [403, {}, ['Status 403, ohne errcode']],
  [403, undefined, ['Status 403, kein JSON (text/html)']],
])('an error of status %i with %j', (status, json, wanted) => {
  const findings = expectError(answer(status, json), { status: 403, errcode: 'M_FORBIDDEN' }, claim);
  expect(findings.map(({ observed }) => observed)).toEqual(wanted);
});

test('the order of keys makes no difference', () => {
  expect(expectEqual(answer(200), { wanted: { a: 1, b: 2 }, got: { b: 2, a: 1 } }, claim)).toEqual([]);
  expect(expectEqual(answer(200), { wanted: 1, got: undefined }, claim)).toMatchObject([
    { expected: '1', observed: 'nichts' },
  ]);
});

test('what is shown holds no secret and no more than a line', () => {
  expect(shown({ access_token: 'geheim' })).not.toContain('geheim');
  for (const long of ['x'.repeat(1000), ['x'.repeat(1000)], { x: 'x'.repeat(1000) }])
    expect(shown(long).length).toBeLessThan(240);
});

test.each([
  [undefined, 'nichts'],
  [true, 'ja (true)'],
  [false, 'nein (false)'],
  ['', 'leerer Text'],
  ['Flur', '„Flur“'],
  [7, '7'],
  [[], 'leere Liste'],
  [['a'], 'Liste mit 1 Eintrag: a'],
  [['a', 2, { b: 3 }], 'Liste mit 3 Einträgen: a, 2, {"b":3}'],
  [{}, 'leeres Objekt'],
  [{ a: 1 }, 'Objekt {"a":1}'],
])('%j is shown in words', (value, words) => {
  expect(shown(value)).toBe(words);
});

test('a premise lets only the wanted status through', () => {
  expect(premise(answer(200)).status).toBe(200);
  expect(() => premise(answer(403, { errcode: 'M_FORBIDDEN' }))).toThrow(
    'Vorbedingung nicht erreicht: GET /rooms/!a → 403 (M_FORBIDDEN), erwartet war 200.',
  );
  expect(premiseString(answer(200, { id: 'x' }), ['id'])).toBe('x');
  expect(() => premiseString(answer(200, {}), ['id'])).toThrow(PremiseError);
});
