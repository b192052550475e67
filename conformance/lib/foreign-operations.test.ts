import { expect, test } from 'vitest';
import { createFakeClock } from '../../core/testing/fake-clock.ts';
import { addressedOperations, openToEverybody, tryForeign } from './foreign-operations.ts';
import { type Scripted, scriptedSend } from './testing.ts';
import { createTransport } from './transport.ts';

const stranger = { userId: '@stranger:hs1.example', deviceId: 'S', accessToken: 'strange' };
const belongings = {
  owner: { userId: '@owner:hs1.example', deviceId: 'O', accessToken: 'own' },
  roomId: '!room:hs1.example',
  roomAlias: '#room:hs1.example',
  eventId: '$event',
};

function attempt(answer: Scripted) {
  const { send, requests } = scriptedSend(answer);
  const { signal } = new AbortController();
  const { request } = createTransport({ send, baseUrl: 'https://hs1.example', clock: createFakeClock(), signal });
  return tryForeign(request, stranger, belongings).then((attempts) => ({ ...attempts, requests }));
}

const refusal = (status: number): Scripted => ({ status, json: { errcode: 'M_FORBIDDEN', error: 'no' } });

test('what is open to everybody is an operation that names somebody', () => {
  const names = addressedOperations().map(({ method, path }) => `${method} ${path}`);
  expect(names).toEqual(expect.arrayContaining(Object.keys(openToEverybody)));
});

test('every operation is tried once, with the token of the stranger and no gap in the path', async () => {
  const { requests } = await attempt(refusal(403));
  expect(requests).toHaveLength(addressedOperations().length);
  expect(requests.filter(({ headers }) => headers?.['authorization'] !== 'Bearer strange')).toEqual([]);
  expect(requests.filter(({ url }) => /[{}]|%7B/.test(url))).toEqual([]);
});

test('refusals are counted, a missing operation is not one', async () => {
  const total = addressedOperations().length;
  expect(await attempt(refusal(403))).toMatchObject({ findings: [], refused: total, absent: 0 });
  const missing = { status: 404, json: { errcode: 'M_UNRECOGNIZED', error: 'no' } };
  expect(await attempt(missing)).toMatchObject({ findings: [], refused: 0, absent: total });
});

test('success is a finding except where it is everybody’s', async () => {
  const { findings, permitted } = await attempt({ status: 200, json: {} });
  expect(findings.every(({ code }) => code === 'foreign-access')).toBe(true);
  expect(findings).toHaveLength(addressedOperations().length - permitted);
  expect(permitted).toBeGreaterThan(0);
});

test('a refusal with another status counts where the specification fixes it only', async () => {
  const { findings, refused } = await attempt(refusal(400));
  expect(findings.map(({ code }) => code)).toContain('foreign-refusal-unclear');
  expect(findings.map(({ where }) => where)).not.toContain('PUT /_matrix/client/v3/rooms/{roomId}/typing/{userId}');
  expect(refused).toBeGreaterThan(0);
});
