import { expect, test } from 'vitest';
import type { Exchange } from '../../core/http/recorder.ts';
import { relevantEvents } from './relevant-events.ts';

const base = 'https://hs.example/_matrix/client/v3';
const exchange = (second: number, method: string, path: string, received: unknown, sent?: unknown): Exchange => ({
  at: `2026-11-24T02:00:0${second}.000Z`,
  durationMs: 1,
  request: { method, url: `${base}${path}`, headers: {}, ...(sent !== undefined && { body: sent }) },
  answer: { status: 200, headers: {}, body: received, sizeBytes: 2 },
});

test('keys and messages of all devices stand in the order of time, polls do not', () => {
  const message = { type: 'm.room.encrypted', content: { algorithm: 'm.megolm.v1.aes-sha2' } };
  const sync = {
    to_device: { events: [{ type: 'm.room.encrypted' }] },
    device_lists: { changed: ['@b:hs'], left: [] },
    rooms: { join: { '!r:hs': { timeline: { events: [message, { type: 'm.room.member', state_key: '@b:hs' }] } } } },
  };
  const alice = {
    device: 'alice',
    exchanges: [
      exchange(1, 'GET', '/sync', { next_batch: 's1' }),
      exchange(5, 'GET', '/sync?since=s1', sync),
      exchange(2, 'POST', '/user/@a:hs/filter', {}, {}),
    ],
  };
  const bob = { device: 'bob', exchanges: [exchange(3, 'PUT', '/sendToDevice/m.room.encrypted/t1', {}, { a: 1 })] };
  expect(relevantEvents([alice, bob])).toEqual([
    {
      at: '2026-11-24T02:00:03.000Z',
      device: 'bob',
      request: 'PUT /sendToDevice/m.room.encrypted/t1',
      status: 200,
      sent: { a: 1 },
      received: {},
    },
    {
      at: '2026-11-24T02:00:05.000Z',
      device: 'alice',
      request: 'GET /sync',
      status: 200,
      received: {
        to_device: [{ type: 'm.room.encrypted' }],
        device_lists: { changed: ['@b:hs'] },
        messages: [{ ...message, room_id: '!r:hs' }],
      },
    },
  ]);
});

test('a request without an answer stands with the trouble', () => {
  const failed = { ...exchange(1, 'POST', '/keys/upload', {}), answer: { error: 'fetch failed' } };
  expect(relevantEvents([{ device: 'alice', exchanges: [failed] }])).toMatchObject([{ status: 'fetch failed' }]);
});
