import { expect, test } from 'vitest';
import { fakeUser } from '../user.fixture.ts';
import { enterTokens } from '../user-state.ts';
import { call, callPatiently, retryAfterMs } from './homeserver.ts';

const profile = { name: 'profile', path: '/profile' } as const;
const send = { name: 'send', path: '/send', body: '{}' } as const;

test('a call goes to the homeserver as the device and is counted', async () => {
  const { user, asked, told } = fakeUser(() => ({ json: { event_id: '$1' } }));
  expect(await call(user, send)).toMatchObject({ status: 200, body: { event_id: '$1' } });
  expect(asked).toMatchObject([
    { method: 'PUT', url: 'http://hs1/send', headers: { authorization: 'Bearer syt_alice' }, body: '{}' },
  ]);
  expect(told()).toMatchObject({ counters: { requests: 1 }, errors: {} });
});

test('a person of another homeserver asks that one', async () => {
  const { user, asked } = fakeUser(() => ({}), { baseUrl: 'http://hs2' });
  await call(user, profile);
  expect(asked[0]?.url).toBe('http://hs2/profile');
});

test('an answer without a prescribed field breaks the contract', async () => {
  const { user, told } = fakeUser(() => ({ json: { event_id: 7 } }));
  await call(user, send);
  expect(told().errors).toEqual({ 'contract send event_id': 1 });
});

test.each([
  ['a gateway that has no homeserver', { status: 502 }, 'send 502'],
  ['nothing in time', { status: 0, error_code: 1050 }, 'send timeout'],
  ['nobody who listens', { status: 0, error_code: 1212 }, 'send connection'],
  ['a name nobody knows', { status: 0, error_code: 1101 }, 'send dns'],
])('%s is a failure of its kind', async (_what, answer, kind) => {
  const { user, told } = fakeUser(() => answer);
  await call(user, send);
  expect(told().errors).toEqual({ [kind]: 1 });
});

test('a limit is waited for as long as the homeserver says, and is no failure', async () => {
  const { user, told, asked } = fakeUser((_request, count) =>
    count === 1 ? { status: 429, json: { retry_after_ms: 2_500 } } : { json: { event_id: '$1' } },
  );
  expect(await callPatiently(user, send)).toMatchObject({ status: 200 });
  expect(user.shared.clock.now()).toBe(2_500);
  expect(asked).toHaveLength(2);
  expect(told()).toMatchObject({ counters: { throttled: 1, requests: 2 }, errors: {} });
});

test.each([
  ['the body’s milliseconds', { retry_after_ms: 700 }, '3', 700],
  ['the header’s seconds', {}, '3', 3_000],
  ['a second where nothing is said', undefined, undefined, 1_000],
  ['a second where the header is no number', {}, 'soon', 1_000],
])('after a limit %s count', (_what, body, header, expected) => {
  expect(retryAfterMs(body, header)).toBe(expected);
});

test('failures are repeated four times with growing pauses and then given up', async () => {
  const { user, asked, told } = fakeUser(() => ({ status: 503 }));
  expect(await callPatiently(user, send)).toMatchObject({ status: 503 });
  expect(asked).toHaveLength(4);
  const waitedMs = user.shared.clock.now();
  expect(waitedMs).toBeGreaterThanOrEqual(7_000);
  expect(waitedMs).toBeLessThanOrEqual(10_500);
  expect(told()).toMatchObject({ counters: { givenUp: 1 }, errors: { 'send 503': 4 } });
});

test('a refusal is final', async () => {
  const { user, asked } = fakeUser(() => ({ status: 403 }));
  await callPatiently(user, send);
  expect(asked).toHaveLength(1);
});

test('nothing is repeated beyond the end of the run', async () => {
  const { user, asked } = fakeUser(() => ({ status: 429, json: { retry_after_ms: 90_000 } }));
  await callPatiently(user, send);
  expect(asked).toHaveLength(1);
  expect(user.shared.clock.now()).toBe(0);
});

test('an expired token is renewed once for all requests that meet it, and they succeed', async () => {
  const { user, asked, told } = fakeUser(({ url, headers }) => {
    if (url.endsWith('/refresh')) return { json: { access_token: 'new', refresh_token: 'next' } };
    return headers['authorization'] === 'Bearer new' ? {} : { status: 401, json: { errcode: 'M_UNKNOWN_TOKEN' } };
  });
  enterTokens(user, 'old', 'first');
  const answers = await Promise.all([call(user, profile), call(user, profile)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(asked.filter(({ url }) => url.endsWith('/refresh')).map(({ body }) => body)).toEqual([
    '{"refresh_token":"first"}',
  ]);
  expect(user.tokens?.refreshToken).toBe('next');
  expect(told()).toMatchObject({ errors: {}, latencies: { refreshToken: [0, 1] } });
});

test('a rejected token that cannot be renewed is a failure', async () => {
  const { user, told } = fakeUser(() => ({ status: 401 }));
  expect(await call(user, profile)).toMatchObject({ status: 401 });
  expect(told().errors).toEqual({ 'profile 401': 1 });
});
