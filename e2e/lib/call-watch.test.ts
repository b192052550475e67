import { expect, test } from 'vitest';
import type { HttpAnswer } from '../../core/http/http.ts';
import { watchFor } from './call-watch.ts';

const answer: HttpAnswer = { status: 200, headers: {}, bytes: new Uint8Array(), text: () => '' };
const request = (url: string) => ({ method: 'GET', url });

test('tells that the call was seen, also when it was before anybody waited', async () => {
  const watch = watchFor(({ url }) => url.endsWith('/keys'));
  const send = watch.between(async () => answer);
  await send(request('https://hs1.example/keys'));
  expect(await watch.wait(10)).toBe(true);
});

test('tells that it was not seen in time', async () => {
  const watch = watchFor(({ url }) => url.endsWith('/keys'));
  await watch.between(async () => answer)(request('https://hs1.example/sync'));
  expect(await watch.wait(10)).toBe(false);
});
