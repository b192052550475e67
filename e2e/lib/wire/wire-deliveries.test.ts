import { expect, test } from 'vitest';
import { deliveriesIn } from './wire-deliveries.ts';

const url = 'https://hs.example/_matrix/client/v3/sendToDevice/m.room.encrypted/t1';

test('who is sent what, without its content', () => {
  const body = JSON.stringify({ messages: { '@bob:hs': { A: { x: 1 }, B: {} }, '@carol:hs': { C: {} } } });
  expect(deliveriesIn({ device: 'alice', url, body })).toEqual([
    {
      device: 'alice',
      type: 'm.room.encrypted',
      recipients: [
        { userId: '@bob:hs', deviceId: 'A' },
        { userId: '@bob:hs', deviceId: 'B' },
        { userId: '@carol:hs', deviceId: 'C' },
      ],
    },
  ]);
});

test('why a device is refused a key', () => {
  const body = JSON.stringify({ messages: { '@bob:hs': { A: { code: 'm.blacklisted', session_id: 'x' } } } });
  const [delivery] = deliveriesIn({
    device: 'alice',
    url: url.replace('m.room.encrypted', 'm.room_key.withheld'),
    body,
  });
  expect(delivery?.recipients).toEqual([{ userId: '@bob:hs', deviceId: 'A', code: 'm.blacklisted' }]);
});

test.each([
  ['another request', 'https://hs.example/_matrix/client/v3/sync', '{}', 0],
  ['a body that is no JSON', url, '<html>', 1],
])('%s', (_title, at, body, count) => {
  const found = deliveriesIn({ device: 'alice', url: at, body });
  expect(found).toHaveLength(count);
  expect(found.flatMap(({ recipients }) => recipients)).toEqual([]);
});
