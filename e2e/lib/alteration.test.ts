import { expect, test } from 'vitest';
import type { HttpAnswer } from '../../core/http/http.ts';
import { alterJson, sendAltered, withText } from './alteration.ts';

const answer = (text: string, type = 'application/json'): HttpAnswer =>
  withText({ status: 200, headers: { 'content-type': type }, bytes: new Uint8Array(), text: () => '' }, text);

test('objects inside lists can be changed and removed', () => {
  const altered = alterJson(answer('{"a":[{"t":1},{"t":2},3]}'), (object) => {
    if (object['t'] === 1) return undefined;
    return object['t'] === 2 ? { t: 'two' } : object;
  });
  expect(JSON.parse(altered.text())).toEqual({ a: [{ t: 'two' }, 3] });
  expect(new TextDecoder().decode(altered.bytes)).toBe(altered.text());
});

test('what is no JSON stays as it is', () => {
  const page = answer('<html>', 'text/html');
  expect(alterJson(page, () => undefined)).toBe(page);
});

test('an alteration learns the device and the request', async () => {
  const request = { method: 'GET', url: 'https://hs.example/x' };
  const send = sendAltered(
    'bob',
    async () => answer('{}'),
    ({ device, request: asked }) => answer(`{"for":"${device} ${asked.url}"}`),
  );
  expect((await send(request)).text()).toBe('{"for":"bob https://hs.example/x"}');
});
