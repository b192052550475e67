import { expect, test } from 'vitest';
import type { HttpRequest, HttpSend } from '../../../core/http/http.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { fetchFromSend } from './fetch-from-send.ts';

const answering = (status: number, text = ''): HttpSend & { asked: HttpRequest[] } => {
  const asked: HttpRequest[] = [];
  const bytes = new TextEncoder().encode(text);
  const send: HttpSend = async (request) => {
    asked.push(request);
    return { status, headers: { 'content-type': 'application/json' }, bytes, text: () => text };
  };
  return Object.assign(send, { asked });
};

const ignore = { onTrouble: () => {}, isOver: () => false };

test('method, headers and body reach the sender and the answer comes back', async () => {
  const send = answering(403, '{"errcode":"M_FORBIDDEN"}');
  const headers = { Authorization: 'Bearer x' };
  const answer = await fetchFromSend(send, ignore)(new URL('https://hs.example/a'), {
    method: 'PUT',
    headers,
    body: '{}',
  });
  expect(send.asked[0]).toMatchObject({ method: 'PUT', url: 'https://hs.example/a', body: '{}' });
  expect(send.asked[0]?.headers).toEqual({ authorization: 'Bearer x' });
  expect([answer.status, await answer.json()]).toEqual([403, { errcode: 'M_FORBIDDEN' }]);
});

test('an answer that must have no body has none', async () => {
  expect((await fetchFromSend(answering(204), ignore)('https://hs.example/a')).body).toBeNull();
});

test('a missing answer is reported as trouble and looks to the library like a network error', async () => {
  const troubles: RigError[] = [];
  const trouble = new RigError('targetUnreachable', 'no answer from hs.example');
  const fetchLike = fetchFromSend(() => Promise.reject(trouble), {
    ...ignore,
    onTrouble: (seen) => troubles.push(seen),
  });
  await expect(fetchLike('https://hs.example/a')).rejects.toThrow(TypeError);
  expect(troubles).toEqual([trouble]);
});

test('a request the library stopped is no trouble', async () => {
  const abort = new AbortController();
  const stopped: HttpSend = () => Promise.reject(new RigError('interrupted', 'stopped'));
  const fetchLike = fetchFromSend(stopped, { ...ignore, onTrouble: () => expect.unreachable() });
  abort.abort();
  await expect(fetchLike('https://hs.example/a', { signal: abort.signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
});

test('when the device is at its end, an answer that still comes is not worked on: the library has let go of what it needs', async () => {
  let isOver = false;
  const late: HttpSend = (request) => {
    isOver = true;
    return answering(200, '{}')(request);
  };
  const fetchLike = fetchFromSend(late, { ...ignore, isOver: () => isOver });
  const settled = fetchLike('https://hs.example/a').finally(() => expect.unreachable());
  expect(await Promise.race([settled, new Promise((resolve) => setImmediate(resolve, 'open'))])).toBe('open');
});

test('when the device is at its end, a missing answer is told to nobody: not all who asked listen', async () => {
  const never: HttpSend = () => Promise.reject(new RigError('interrupted', 'stopped'));
  const fetchLike = fetchFromSend(never, { onTrouble: () => expect.unreachable(), isOver: () => true });
  const settled = fetchLike('https://hs.example/a').finally(() => expect.unreachable());
  expect(await Promise.race([settled, new Promise((resolve) => setImmediate(resolve, 'open'))])).toBe('open');
});
