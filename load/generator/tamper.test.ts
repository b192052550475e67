import { expect, test } from 'vitest';
import type { LoadDefect } from '../scenarios/scenario.ts';
import { createTampering } from './tamper.ts';
import { tamperAnswer } from './tamper-answer.ts';
import { type Operation, operationOf } from './tampered-operation.ts';

const message = (sender: string, number: number) => ({ type: 'm.room.encrypted', sender, number });
const membership = { type: 'm.room.member', sender: 'alice' };
const events = [message('alice', 1), membership, message('bob', 1), message('alice', 2), message('bob', 2)];
const altered = (defect: LoadDefect) => createTampering(defect).events('device', '!room', events);

test('every second message is left out, other events stay', () => {
  expect(altered({ kind: 'loseEvents', everyNth: 2 })).toEqual([message('alice', 1), membership, message('alice', 2)]);
});

test('every second message comes twice', () => {
  const expected = [message('alice', 1), membership, message('bob', 1), message('bob', 1), message('alice', 2)];
  expect(altered({ kind: 'duplicateEvents', everyNth: 2 })).toEqual([
    ...expected,
    message('bob', 2),
    message('bob', 2),
  ]);
});

test('two messages of the same person come the wrong way round, over several answers too', () => {
  const { events: swap } = createTampering({ kind: 'swapEvents' });
  expect(swap('device', '!room', [message('alice', 1), message('bob', 1)])).toEqual([]);
  expect(swap('other', '!room', [message('alice', 1)])).toEqual([]);
  expect(swap('device', '!room', [message('alice', 2)])).toEqual([message('alice', 2), message('alice', 1)]);
});

test('only the named operation is held back', () => {
  const { delayMs } = createTampering({ kind: 'delay', operation: 'sync', delayMs: 1_500 });
  expect([delayMs('sync'), delayMs('send'), delayMs('other')]).toEqual([1_500, 0, 0]);
});

test('every third sending is refused and nothing else', () => {
  const { refuses } = createTampering({ kind: 'refuseSends', everyNth: 3 });
  expect(['send', 'sync', 'send', 'send', 'send'].map((name) => refuses(name === 'send' ? 'send' : 'sync'))).toEqual([
    false,
    false,
    false,
    true,
    false,
  ]);
});

test.each([
  ['GET', '/_matrix/client/v3/sync?timeout=0', 'sync'],
  ['PUT', '/_matrix/client/v3/rooms/!a/send/m.room.encrypted/t1', 'send'],
  ['POST', '/_matrix/client/unstable/org.matrix.simplified_msc3575/sync?timeout=0', 'sync'],
  ['GET', '/_matrix/client/v3/rooms/!a/messages?dir=b', 'messages'],
  ['PUT', '/_matrix/client/v3/sendToDevice/m.room.encrypted/t', 'sendToDevice'],
  ['PUT', '/_matrix/client/v3/room_keys/keys?version=1', 'other'],
  ['POST', '/_matrix/client/v3/rooms/!a/join', 'other'],
])('%s %s is %s', (method, path, operation) => {
  expect(operationOf(method, path)).toBe(operation);
});

test('the named operation is refused every other time', () => {
  const { refuses } = createTampering({ kind: 'refuse', operation: 'queryKeys', everyNth: 2 });
  expect([refuses('queryKeys'), refuses('queryKeys'), refuses('sync')]).toEqual([false, true, false]);
});

test('polls are asked not to wait', () => {
  const { path } = createTampering({ kind: 'answerEarly' });
  const sync = '/_matrix/client/v3/sync?filter=f&timeout=30000&since=s';
  expect(path('sync', sync)).toBe('/_matrix/client/v3/sync?filter=f&timeout=0&since=s');
  expect(path('messages', sync)).toBe(sync);
});

const answered = (defect: LoadDefect, operation: Operation, body: object) =>
  JSON.parse(tamperAnswer(createTampering(defect), { operation, device: 'd', text: JSON.stringify(body) }));

test('messages are lost with sliding sync too, and the rest of the answer stays', () => {
  const body = { pos: '1', lists: {}, rooms: { '!room': { timeline: [message('bob', 1), message('bob', 2)] } } };
  expect(answered({ kind: 'loseEvents', everyNth: 2 }, 'sync', body)).toEqual({
    ...body,
    rooms: { '!room': { timeline: [message('bob', 1)] } },
  });
});

test.each([
  ['loseKeys', [1]],
  ['duplicateKeys', [1, 2, 2]],
] as const)('%s alters to-device messages of both kinds of sync', (kind, numbers) => {
  const events = [{ number: 1 }, { number: 2 }];
  const expected = { events: numbers.map((number) => ({ number })) };
  expect(answered({ kind, everyNth: 2 }, 'sync', { to_device: { events } })).toEqual({ to_device: expected });
  const sliding = { pos: '1', extensions: { to_device: { events } } };
  expect(answered({ kind, everyNth: 2 }, 'sync', sliding).extensions).toEqual({ to_device: expected });
});

test('the backup gives back all but every second key', () => {
  const body = { rooms: { '!room': { sessions: { a: 1, b: 2, c: 3 } } } };
  const left = { rooms: { '!room': { sessions: { a: 1, c: 3 } } } };
  expect(answered({ kind: 'loseBackup', everyNth: 2 }, 'restoreKeys', body)).toEqual(left);
});

test('a field is missing in the answers of one operation', () => {
  const defect = { kind: 'omitField', operation: 'context', field: 'state' } as const;
  expect(answered(defect, 'context', { event: {}, state: [] })).toEqual({ event: {} });
  expect(answered(defect, 'messages', { state: [] })).toEqual({ state: [] });
});
