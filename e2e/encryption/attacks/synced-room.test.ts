import { expect, test } from 'vitest';
import type { JsonObject } from '../../lib/alteration.ts';
import { alterJoinedRoom, tellingOnce, timelineEvents, withEventsFirst } from './synced-room.ts';

const seen = (path: string, body: JsonObject, status = 200) => {
  const text = JSON.stringify(body);
  const answer = { status, headers: {}, bytes: new TextEncoder().encode(text), text: () => text };
  return { device: 'alice', request: { method: 'GET', url: `https://test/_matrix/client/v3${path}` }, answer };
};

const room = { timeline: { limited: false, events: [{ type: 'm.room.message', origin_server_ts: 7 }] } };
const body = { next_batch: 's1', rooms: { join: { '!a': room, '!b': room } } };
const emptied = (): JsonObject => ({});

test('only the named room is changed', () => {
  const { rooms, next_batch: next } = JSON.parse(alterJoinedRoom(seen('/sync', body), '!a', emptied).text());
  expect({ rooms, next }).toEqual({ rooms: { join: { '!a': {}, '!b': room } }, next: 's1' });
});

test.each([
  ['another address', seen('/keys/query', body)],
  ['an error', seen('/sync', body, 502)],
])('%s stays as it is', (_what, answered) => {
  expect(alterJoinedRoom(answered, '!a', emptied)).toBe(answered.answer);
});

test('a room the answer does not tell of is not made up', () => {
  expect(JSON.parse(alterJoinedRoom(seen('/sync', body), '!c', emptied).text())).toEqual(body);
});

test('events come before the real ones and are as old', () => {
  const told = timelineEvents(withEventsFirst(room, [{ type: 'm.room.member' }]));
  expect(told).toEqual([{ type: 'm.room.member', origin_server_ts: 7 }, ...room.timeline.events]);
});

test('an event is told once', () => {
  const tell = tellingOnce(() => ({ type: 'm.room.member' }));
  expect([tell(room), tell(room)].map((told) => timelineEvents(told).length)).toEqual([2, 1]);
});
