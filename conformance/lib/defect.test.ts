import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Surroundings } from '../../core/model/surroundings.ts';
import type { HttpDefect } from './defect.ts';
import {
  answering,
  answeringPage,
  onlyNth,
  removing,
  setting,
  unchanged,
  withDefect,
  withHeader,
  withStatus,
} from './defect.ts';
import { type Scripted, wireAnswer } from './testing.ts';

const origin = 'https://hs1.example';

async function altered(defect: HttpDefect, url: string, answer: Scripted = { status: 200, json: { a: 1 } }) {
  const send = withDefect(async () => wireAnswer(answer), defect);
  const { status, headers, text } = await send({ method: 'GET', url: `${origin}${url}` });
  return { status, headers, text: text() };
}

test.each([
  ['/rooms/{roomId}/state', '/rooms/!a%3Ahs1/state', true],
  ['/rooms/{roomId}/state', '/rooms/!a%3Ahs1/state?x=1', true],
  ['/rooms/{roomId}/state', '/rooms/!a/b/state', false],
  ['/rooms/{roomId}/state', '/v3/rooms/!a/state', false],
  ['/.well-known/matrix/client', '/xwell-known/matrix/client', false],
  [/%2e/, '/_matrix/%2e%2e/admin', true],
  [/%2e/, '/_matrix/x?y=%2e', false],
])('%s matches %s: %s', async (path, url, isHit) => {
  const { text } = await altered({ when: { path }, alter: setting(['a'], 2) }, url);
  expect(text).toBe(isHit ? '{"a":2}' : '{"a":1}');
});

test('another method is left alone', async () => {
  const { text } = await altered({ when: { method: 'PUT', path: '/a' }, alter: setting(['a'], 2) }, '/a');
  expect(text).toBe('{"a":1}');
});

test('a limit is left alone, because the same request follows', async () => {
  const defect = { when: { path: '/a' }, alter: withStatus(200) };
  expect((await altered(defect, '/a', { status: 429, json: {} })).status).toBe(429);
});

test.each([
  ['answering', answering(401, { errcode: 'M_X' }), { status: 401, text: '{"errcode":"M_X"}' }],
  ['removing', removing(['a']), { status: 200, text: '{}' }],
  ['withStatus', withStatus(500), { status: 500, text: '{"a":1}' }],
])('%s alters the answer', async (_name, alter, wanted) => {
  expect(await altered({ when: { path: '/a' }, alter }, '/a')).toMatchObject(wanted);
});

test('a page is no JSON and says so', async () => {
  const { headers, text } = await altered({ when: { path: '/a' }, alter: answeringPage }, '/a');
  expect(headers['content-type']).toBe('text/html');
  expect(text).toMatch(/^<html>/);
});

test('a header is replaced or taken away', async () => {
  const typed = await altered({ when: { path: '/a' }, alter: withHeader('content-type', 'text/plain') }, '/a');
  const bare = await altered({ when: { path: '/a' }, alter: withHeader('content-type', undefined) }, '/a');
  expect([typed.headers['content-type'], bare.headers['content-type']]).toEqual(['text/plain', undefined]);
});

test('an alteration knows the request and what it answered before', async () => {
  const seen: unknown[] = [];
  const send = withDefect(async () => wireAnswer({ status: 200, json: { a: 1 } }), {
    when: { path: '/a' },
    alter: (answer, { earlier, ...circumstances }) => {
      seen.push([circumstances, earlier.map(({ json }) => json)]);
      return onlyNth(2, setting(['a'], 2))(answer, { earlier, ...circumstances });
    },
  });
  const headers = { authorization: 'Bearer x' };
  const first = await send({ method: 'POST', url: `${origin}/a?b=c`, body: '{"x":1}', headers });
  const second = await send({ method: 'POST', url: `${origin}/a`, body: 'no json' });
  expect([first.text(), second.text()]).toEqual(['{"a":1}', '{"a":2}']);
  const common = { method: 'POST', path: '/a' };
  expect(seen).toEqual([
    [{ ...common, query: 'b=c', requestJson: { x: 1 }, hasToken: true }, []],
    [{ ...common, query: '', requestJson: undefined, hasToken: false }, [{ a: 1 }]],
  ]);
});

test('what the homeserver does besides reaches a server of the bench before the answer comes', async () => {
  const received: unknown[] = [];
  const server = createServer(async (incoming, outgoing) => {
    received.push([incoming.method, incoming.url, await text(incoming)]);
    outgoing.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const defect: HttpDefect = {
    when: { path: '/a' },
    alter: unchanged,
    besides: ({ json }, { path }, { forbidden }) => ({ method: 'PUT', url: `${forbidden.url}${path}`, json }),
  };
  const around = { forbidden: { url } } as Surroundings;
  const send = withDefect(async () => wireAnswer({ status: 200, json: { a: 1 } }), defect, around);
  expect((await send({ method: 'GET', url: `${origin}/a` })).text()).toBe('{"a":1}');
  expect(received).toEqual([['PUT', '/a', '{"a":1}']]);
  await send({ method: 'GET', url: `${origin}/b` });
  expect(received).toHaveLength(1);
  server.close();
});
