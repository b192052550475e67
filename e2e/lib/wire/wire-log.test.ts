import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import type { HttpSend } from '../../../core/http/http.ts';
import { createWireLog } from './wire-log.ts';

const word = 'kanarienwort123456';
const answering =
  (bytes: Uint8Array): HttpSend =>
  async () => ({ status: 200, headers: {}, bytes, text: () => new TextDecoder().decode(bytes) });
const url = 'https://hs.example/_matrix/client/v3/rooms/!a:hs/send/m.room.message/m1';

test('a word in a request is seen, with device and operation and without content', async () => {
  const log = createWireLog();
  const watch = log.watch(word);
  const send = log.listen('alice', answering(new Uint8Array()));
  await send({ method: 'PUT', url, body: JSON.stringify({ body: `a ${word}` }) });
  const operation = 'PUT /_matrix/client/v3/rooms/{room}/send/m.room.message/{txn}';
  expect(watch.sightings).toEqual([{ device: 'alice', direction: 'request', operation, forms: ['plain'] }]);
  expect(log.events.map(({ type }) => type)).toEqual(['m.room.message']);
});

test('a word in the address, in an answer and between bytes that are no text is seen', async () => {
  const log = createWireLog();
  const watch = log.watch(word);
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0x80]), Buffer.from(word), Buffer.from([0xc0])]);
  await log.listen('bob', answering(bytes))({ method: 'GET', url: `https://hs.example/x?q=${word}` });
  expect(watch.sightings.map(({ direction }) => direction)).toEqual(['request', 'answer']);
});

test('a request without an answer was searched all the same', async () => {
  const log = createWireLog();
  const watch = log.watch(word);
  const failing: HttpSend = () => Promise.reject(new Error('no answer'));
  await expect(log.listen('bob', failing)({ method: 'PUT', url, body: word })).rejects.toThrow('no answer');
  expect(watch).toMatchObject({ bodies: 1, sightings: [{ direction: 'request' }] });
  expect(log.story.steps.map(({ text }) => text)).toEqual(['Ereignis m.room.message', 'Keine Antwort (PUT /rooms/…)']);
});

test('where the word is not, bodies are counted and nothing is seen', async () => {
  const log = createWireLog();
  const watch = log.watch(word);
  await log.listen('bob', answering(Buffer.from('{"a":1}')))({ method: 'GET', url: 'https://hs.example/x' });
  expect(watch).toEqual({ bodies: 2, sightings: [] });
});

test('the story tells what was said and counts what said nothing', async () => {
  const log = createWireLog();
  const send = log.listen('alice', answering(Buffer.from('{}')));
  await send({ method: 'PUT', url, body: '{}' });
  await send({ method: 'GET', url: 'https://hs.example/_matrix/client/v3/sync' });
  const step = { device: 'alice', direction: 'request', text: 'Ereignis m.room.message', isDetail: false };
  expect(log.story).toEqual({ steps: [step], unshown: 1 });
});
