import { expect, test } from 'vitest';
import type { LoadDefect } from '../scenarios/scenario.ts';
import { createTampering } from './tamper.ts';
import { operationOf } from './tampered-operation.ts';

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
