import { expect, test } from 'vitest';
import type { HttpAnswer, HttpSend } from '../../core/http/http.ts';
import { atNextRequest, beforeAnswer } from './moment.ts';

const answer: HttpAnswer = { status: 200, headers: {}, bytes: new Uint8Array(), text: () => '{}' };
const serving = () => {
  const asked: string[] = [];
  const send: HttpSend = async ({ url }) => {
    asked.push(url);
    return answer;
  };
  return { asked, send };
};
const isA = ({ url }: { url: string }) => url.endsWith('/a');
const get = (path: string) => ({ method: 'GET', url: `https://hs.example/${path}` });

test('before it may come, everything passes', async () => {
  const moment = beforeAnswer(isA);
  expect(await moment.between(serving().send)(get('a'))).toBe(answer);
  expect(await moment.comes(10)).toBe(false);
});

test('the homeserver has the request and the device gets no answer, once', async () => {
  const moment = beforeAnswer(isA);
  const { asked, send } = serving();
  const between = moment.between(send);
  moment.begin();
  expect(await between(get('b'))).toBe(answer);
  void between(get('a'));
  expect(await moment.comes(1000)).toBe(true);
  expect(asked).toHaveLength(2);
  expect(await between(get('a'))).toBe(answer);
});

test('the device has the answer, and its next request of the kind has reached the homeserver', async () => {
  const moment = atNextRequest(isA);
  const { asked, send } = serving();
  const between = moment.between(send);
  moment.begin();
  expect(await between(get('a'))).toBe(answer);
  expect(await between(get('b'))).toBe(answer);
  void between(get('a'));
  expect(await moment.comes(1000)).toBe(true);
  expect(asked).toHaveLength(3);
});
