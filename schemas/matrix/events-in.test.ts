import { describe, expect, it } from 'vitest';
import { eventsIn } from './events-in.ts';

const roomId = '!a:hs1';
const state = { type: 'm.room.name', state_key: '', event_id: '$s:hs1', sender: '@a:hs1', content: { name: 'x' } };
const message = { type: 'm.room.message', event_id: '$m:hs1', sender: '@a:hs1', content: { body: 'x' } };
const stripped = { type: 'm.room.name', state_key: '', sender: '@a:hs1', content: {} };
const plain = { type: 'm.tag', content: { tags: {} } };
const events = (...list: object[]) => ({ events: list });

function placesIn(body: unknown, room?: string): (string | undefined)[][] {
  return eventsIn(body, room).map((found) => [found.pointer, found.roomId]);
}

describe('eventsIn', () => {
  it('finds every section of a sync, with the room each event came under', () => {
    const joined = {
      state: events(state),
      state_after: events(state),
      timeline: { ...events(message), limited: false, prev_batch: 't' },
      ephemeral: events({ type: 'm.typing', content: { user_ids: [] } }),
      account_data: events(plain),
      unread_notifications: { highlight_count: 0 },
    };
    const sync = {
      next_batch: 's1',
      presence: events({ type: 'm.presence', sender: '@a:hs1', content: {} }),
      account_data: events(plain),
      to_device: events({ type: 'm.dummy', sender: '@a:hs1', content: {} }),
      device_lists: { changed: ['@a:hs1'], left: [] },
      rooms: {
        join: { [roomId]: joined },
        invite: { '!b:hs1': { invite_state: events(stripped) } },
        knock: { '!c~/d:hs1': { knock_state: events(stripped) } },
        leave: { '!e:hs1': { timeline: events(message) } },
      },
    };
    expect(placesIn(sync)).toEqual([
      ['/presence/events/0', undefined],
      ['/account_data/events/0', undefined],
      ['/to_device/events/0', undefined],
      ['/rooms/join/!a:hs1/state/events/0', roomId],
      ['/rooms/join/!a:hs1/state_after/events/0', roomId],
      ['/rooms/join/!a:hs1/timeline/events/0', roomId],
      ['/rooms/join/!a:hs1/ephemeral/events/0', roomId],
      ['/rooms/join/!a:hs1/account_data/events/0', roomId],
      ['/rooms/invite/!b:hs1/invite_state/events/0', '!b:hs1'],
      ['/rooms/knock/!c~0~1d:hs1/knock_state/events/0', '!c~/d:hs1'],
      ['/rooms/leave/!e:hs1/timeline/events/0', '!e:hs1'],
    ]);
  });

  it.each<[string, unknown, string[]]>([
    ['messages', { start: 't', chunk: [message], state: [state] }, ['/chunk/0', '/state/0']],
    [
      'context',
      { event: message, events_before: [message], events_after: [message], state: [state] },
      ['/event', '/events_before/0', '/events_after/0', '/state/0'],
    ],
    ['state', [state, state], ['/0', '/1']],
    ['one event', message, ['']],
    ['relations or threads', { chunk: [message], next_batch: 't' }, ['/chunk/0']],
    ['members', { chunk: [state] }, ['/chunk/0']],
    ['notifications', { notifications: [{ event: message, room_id: roomId, ts: 1 }] }, ['/notifications/0/event']],
    [
      'search',
      {
        search_categories: {
          room_events: {
            results: [{ rank: 1, result: message, context: { events_before: [message], events_after: [] } }],
            state: { [roomId]: [state] },
          },
        },
      },
      [
        '/search_categories/room_events/results/0/result',
        '/search_categories/room_events/results/0/context/events_before/0',
        '/search_categories/room_events/state/!a:hs1/0',
      ],
    ],
    [
      'hierarchy',
      { rooms: [{ room_id: roomId, children_state: [{ ...stripped, origin_server_ts: 1 }] }] },
      ['/rooms/0/children_state/0'],
    ],
    [
      'the initial sync of before',
      { rooms: [{ room_id: roomId, messages: { chunk: [message] }, state: [state] }], presence: [plain] },
      ['/rooms/0/messages/chunk/0', '/rooms/0/state/0', '/presence/0'],
    ],
    [
      'a state of servers',
      { pdus: [{ ...state, auth_events: [] }], auth_chain: [message] },
      ['/pdus/0', '/auth_chain/0'],
    ],
  ])('finds those of %s', (_, body, pointers) => {
    expect(eventsIn(body).map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('finds events that servers put into what is unsigned', () => {
    const unsigned = {
      redacted_because: message,
      'm.relations': { 'm.thread': { latest_event: message, count: 1 } },
      prev_content: message,
    };
    expect(placesIn({ chunk: [{ ...message, room_id: roomId, unsigned }] })).toEqual([
      ['/chunk/0', roomId],
      ['/chunk/0/unsigned/redacted_because', roomId],
      ['/chunk/0/unsigned/m.relations/m.thread/latest_event', roomId],
    ]);
  });

  it('leaves the content of an event to its sender', () => {
    expect(placesIn({ chunk: [{ ...message, content: { body: 'x', quoted: message } }] })).toHaveLength(1);
  });

  it('finds events that miss a key', () => {
    const { content: _content, ...withoutContent } = message;
    const { type: _type, ...withoutType } = message;
    expect(placesIn([withoutContent, withoutType, { ...message, content: null }])).toHaveLength(3);
  });

  it('prefers the room an event names, then the nearest around it, then the one that was asked for', () => {
    const body = {
      chunk: [message, { ...message, room_id: '!own:hs1' }],
      room: { room_id: '!near:hs1', chunk: [message] },
    };
    expect(placesIn(body, '!asked:hs1').map(([, room]) => room)).toEqual(['!asked:hs1', '!own:hs1', '!near:hs1']);
  });

  it.each([
    undefined,
    null,
    'x',
    5,
    [],
    {},
    { errcode: 'M_FORBIDDEN', error: 'x' },
    { event_id: '$a:hs1' },
    { flows: [{ type: 'm.login.password' }] },
    { global: { override: [{ rule_id: 'x', conditions: [{ kind: 'event_match', key: 'type' }] }] } },
  ])('finds none in %j', (body) => {
    expect(eventsIn(body)).toEqual([]);
  });
});
