import { expect, test } from 'vitest';
import { wireEventsFrom } from './wire-events.ts';

const hs = 'https://hs.example/_matrix/client/v3';
const content = { algorithm: 'm.megolm.v1.aes-sha2', ciphertext: 'x' };

test('a sent event is told by its address and its method of encryption', () => {
  const url = `${hs}/rooms/!a%3Ahs/send/m.room.encrypted/m1`;
  expect(wireEventsFrom({ device: 'alice', direction: 'request', url, body: JSON.stringify(content) })).toEqual([
    { device: 'alice', direction: 'request', roomId: '!a:hs', type: 'm.room.encrypted', algorithm: content.algorithm },
  ]);
});

test('of a sync answer the message events count and the state events do not', () => {
  const events = [
    { type: 'm.room.message', content: { body: 'x' } },
    { type: 'm.room.name', state_key: '', content: {} },
  ];
  const body = JSON.stringify({ rooms: { join: { '!a:hs': { timeline: { events } } } } });
  expect(wireEventsFrom({ device: 'bob', direction: 'answer', url: `${hs}/sync?since=1`, body })).toEqual([
    { device: 'bob', direction: 'answer', roomId: '!a:hs', type: 'm.room.message' },
  ]);
});

test.each([
  ['an answer of another operation', 'answer', `${hs}/keys/query`, '{}'],
  ['a request that sends no event', 'request', `${hs}/sync`, ''],
  ['a sync answer that is no JSON', 'answer', `${hs}/sync`, '<html>'],
] as const)('%s holds no events', (_name, direction, url, body) => {
  expect(wireEventsFrom({ device: 'bob', direction, url, body })).toEqual([]);
});
