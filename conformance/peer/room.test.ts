import { expect, test } from 'vitest';
import { type Pdu, pduFrom } from './pdu.ts';
import { createRoom, type NewPdu, type Room } from './room.ts';

const creator = '@c:peer';

function made(version: string): { room: Room; ids: Readonly<Record<string, string>> } {
  const room = createRoom({ roomId: '!r:peer', version });
  const ids: Record<string, string> = {};
  const add = (event: NewPdu) => {
    const pdu: Pdu = pduFrom(room.draft(event, 5));
    ids[event.type + (event.stateKey ?? '')] = pdu.eventId;
    room.add(pdu);
  };
  add({ type: 'm.room.create', stateKey: '', sender: creator, content: { room_version: version } });
  add({ type: 'm.room.member', stateKey: creator, sender: creator, content: { membership: 'join' } });
  add({ type: 'm.room.power_levels', stateKey: '', sender: creator, content: {} });
  add({ type: 'm.room.join_rules', stateKey: '', sender: creator, content: { join_rule: 'public' } });
  return { room, ids };
}

const join = { type: 'm.room.member', stateKey: '@g:else', sender: '@g:else', content: { membership: 'join' } };

test.each([
  ['11', ['m.room.create', 'm.room.power_levels', 'm.room.join_rules']],
  ['12', ['m.room.power_levels', 'm.room.join_rules']],
])('a join in version %s rests on what the rules name', (version, names) => {
  const { room, ids } = made(version);
  expect(room.draft(join, 7)).toMatchObject({
    auth_events: names.map((name) => ids[name]),
    prev_events: [ids['m.room.join_rules']],
    depth: 5,
    room_id: '!r:peer',
    origin_server_ts: 7,
  });
});

test('a message rests on levels and membership', () => {
  const { room, ids } = made('12');
  const message = { type: 'x', sender: creator, content: {}, fields: { prev_events: ['$other'] } };
  expect(room.draft(message, 7)).toMatchObject({
    auth_events: [ids['m.room.power_levels'], ids[`m.room.member${creator}`]],
    prev_events: ['$other'],
  });
});

test('what is only known is neither newest nor state', () => {
  const { room, ids } = made('12');
  room.know([pduFrom(room.draft(join, 7))]);
  expect(room.head?.eventId).toBe(ids['m.room.join_rules']);
  expect(room.state.has('m.room.member|@g:else')).toBe(false);
  expect(room.pdus.size).toBe(5);
});
