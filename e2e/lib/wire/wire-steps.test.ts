import { expect, test } from 'vitest';
import { stepOfRequest, stepsOfAnswer } from './wire-steps.ts';

const base = 'https://prüf.test/_matrix/client';
const request = (method: string, path: string, body: unknown = {}) => ({
  device: 'alice',
  method,
  url: `${base}${path}`,
  body: JSON.stringify(body),
});
const answered = (method: string, path: string, body: unknown, status = 200) =>
  stepsOfAnswer(request(method, path), { status, body: JSON.stringify(body) }).map(({ text }) => text);

const megolm = { algorithm: 'm.megolm.v1.aes-sha2', session_id: 'geheime1a2b', ciphertext: 'AwgA' };
const olm = { algorithm: 'm.olm.v1.curve25519-aes-sha2', ciphertext: { key: { body: 'AwgA' } } };

test.each([
  [
    'POST',
    '/v3/keys/upload',
    { device_keys: {}, one_time_keys: { a: 1, b: 2 }, fallback_keys: { c: 3 } },
    'Schlüssel hochgeladen: Geräteschlüssel, 2 Einmalschlüssel, Ersatzschlüssel',
  ],
  ['POST', '/v3/keys/device_signing/upload', { master_key: {}, auth: {} }, 'Identität veröffentlicht: master'],
  [
    'POST',
    '/v3/keys/claim',
    { one_time_keys: { '@b:x': { D: 'signed_curve25519' } } },
    'Einmalschlüssel verlangt für @b:x (Gerät D)',
  ],
  [
    'PUT',
    '/v3/sendToDevice/m.room.encrypted/t1',
    { messages: { '@b:x': { D: olm, E: olm } } },
    'An @b:x (Gerät D), @b:x (Gerät E): m.room.encrypted (Olm)',
  ],
  [
    'PUT',
    '/v3/sendToDevice/m.room_key.withheld/t2',
    { messages: { '@b:x': { D: { code: 'm.unverified' } } } },
    'An @b:x (Gerät D): m.room_key.withheld (m.unverified)',
  ],
  ['PUT', '/v3/rooms/!r%3Ax/send/m.room.encrypted/t3', megolm, 'Ereignis m.room.encrypted (Megolm, Sitzung …1a2b)'],
  ['PUT', '/v3/rooms/!r%3Ax/send/m.room.message/t4', { body: 'geheim' }, 'Ereignis m.room.message'],
  ['POST', '/v3/rooms/!r%3Ax/invite', { user_id: '@b:x' }, 'Einladung: @b:x'],
  [
    'PUT',
    '/v3/room_keys/keys?version=1',
    { rooms: { '!r:x': { sessions: { a: {}, b: {} } } } },
    'In die Sicherung gelegt: 2 Raumschlüssel',
  ],
])('%s %s tells what it is, not what it says', (method, path, body, text) => {
  const step = { device: 'alice', direction: 'request', text, isDetail: false };
  expect(stepOfRequest(request(method, path, body))).toEqual(step);
});

test.each([
  ['GET', '/v3/sync'],
  ['GET', '/versions'],
  ['POST', '/v3/user/@a:x/filter'],
])('%s %s says nothing', (method, path) => {
  expect(stepOfRequest(request(method, path))).toBeUndefined();
});

test('a sync is told by what is new in it; the device’s own event is not', () => {
  const sync = {
    device_lists: { changed: ['@b:x'], left: [] },
    to_device: { events: [{ type: 'm.room.encrypted', sender: '@b:x', content: olm }] },
    rooms: {
      invite: { '!i:x': {} },
      join: {
        '!r:x': {
          state: { events: [{ type: 'm.room.create', state_key: '', content: {} }] },
          timeline: {
            events: [
              { type: 'm.room.member', state_key: '@b:x', content: { membership: 'join' } },
              { type: 'm.room.encrypted', sender: '@b:x', content: megolm },
              { type: 'm.room.encrypted', sender: '@a:x', content: megolm, unsigned: { transaction_id: 't' } },
            ],
          },
        },
      },
    },
  };
  expect(answered('GET', '/v3/sync', sync)).toEqual([
    'Geräteliste geändert: @b:x',
    'An dieses Gerät von @b:x: m.room.encrypted (Olm)',
    '1 Einladung in einen Raum',
    'Zustand des Raums: create, @b:x join',
    'Ereignis m.room.encrypted (Megolm, Sitzung …1a2b) von @b:x',
  ]);
  expect(answered('GET', '/v3/sync', { next_batch: 's1' })).toEqual([]);
});

test('device keys are told by their answer', () => {
  const devices = { device_keys: { '@b:x': { D: {}, E: {} }, '@a:x': {} } };
  expect(answered('POST', '/v3/keys/query', devices)).toEqual(['Geräteschlüssel: @b:x 2, @a:x 0']);
});

test('a refusal names what was refused, without ids; that nothing is there is none', () => {
  expect(answered('POST', '/v3/keys/upload', { errcode: 'M_LIMIT_EXCEEDED' }, 429)).toEqual([
    'Abgelehnt: 429 M_LIMIT_EXCEEDED (POST /keys/upload)',
  ]);
  expect(answered('POST', '/v3/rooms/!r%3Ax/invite', {}, 502)).toEqual(['Abgelehnt: 502 (POST /rooms/…)']);
  expect(answered('GET', '/v3/room_keys/version', { errcode: 'M_NOT_FOUND' }, 404)).toEqual([]);
});

test.each(['', 'kein JSON', '[]', '{"rooms":{"join":{"a":null}},"to_device":{"events":[null,{}]}}'])(
  'an answer like %j breaks nothing',
  (body) => {
    expect(() => stepsOfAnswer(request('GET', '/v3/sync'), { status: 200, body })).not.toThrow();
  },
);
