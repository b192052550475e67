import { expect, test } from 'vitest';
import type { Exchange } from '../../core/http/recorder.ts';
import { partyOf } from './client-party.ts';

const exchange = (method: string, path: string, status: number, body: unknown): Exchange => ({
  at: '2026-11-24T02:00:00.000Z',
  durationMs: 1,
  request: { method, url: `https://hs.example/_matrix/client/v3${path}`, headers: {} },
  answer: { status, headers: {}, body, sizeBytes: 2 },
});

test('the device of a web client is the one it was told at its last login', () => {
  const exchanges = [
    exchange('GET', '/login', 200, { flows: [] }),
    exchange('POST', '/login', 403, { errcode: 'M_FORBIDDEN' }),
    exchange('POST', '/login', 200, { device_id: 'ERSTES' }),
    exchange('POST', '/login', 200, { device_id: 'ZWEITES' }),
  ];
  const party = partyOf({ title: 'bob', account: { userId: '@b:hs' }, recorder: { exchanges } });
  expect(party).toEqual({ title: 'bob', userId: '@b:hs', deviceId: 'ZWEITES', exchanges });
});
