import { expect, test, vi } from 'vitest';
import type { HttpAnswer, HttpRequest } from '../../../core/http/http.ts';
import { withPatientLogin } from './patient-login.ts';

const login = { method: 'POST', url: 'https://hs1.example/_matrix/client/v3/login' };

const answer = (status: number, body = ''): HttpAnswer => ({
  status,
  headers: {},
  bytes: new TextEncoder().encode(body),
  text: () => body,
});
const limited = (waitMs: number) => answer(429, JSON.stringify({ retry_after_ms: waitMs }));

function sending(request: HttpRequest, ...answers: readonly HttpAnswer[]) {
  const queue = [...answers];
  const inner = vi.fn(async () => queue.shift() ?? answer(500));
  return { inner, status: withPatientLogin(inner)(request).then(({ status }) => status) };
}

test('a login that is limited waits as long as told and is sent again', async () => {
  const { inner, status } = sending(login, limited(50), limited(50), answer(200));
  expect(await status).toBe(200);
  expect(inner).toHaveBeenCalledTimes(3);
});

test.each([
  ['a limit that lasts too long', login, limited(60_000)],
  ['a limit of something else', { ...login, url: 'https://hs1.example/_matrix/client/v3/createRoom' }, limited(5)],
  ['the question which logins there are', { ...login, method: 'GET' }, limited(5)],
])('%s is shown to the client', async (_, request, first) => {
  const { inner, status } = sending(request, first, answer(200));
  expect(await status).toBe(429);
  expect(inner).toHaveBeenCalledTimes(1);
});
