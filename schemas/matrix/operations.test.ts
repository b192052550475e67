import { describe, expect, it } from 'vitest';
import { apis } from './api.ts';
import { loadOperations, type Operation, validateEvent, validateRequest, validateResponse } from './operations.ts';

const client = '/_matrix/client/v3';
const table = loadOperations();

function operation(method: string, path: string): Operation {
  const found = table.match(method, path);
  if (found === undefined) throw new Error(`no operation ${method} ${path}`);
  return found;
}

describe('match', () => {
  it.each([
    ['GET', '/_matrix/client/versions', 'getVersions'],
    ['get', `${client}/account/whoami`, 'getTokenOwner'],
    ['POST', `${client}/login`, 'login'],
    ['PUT', `${client}/rooms/!a:hs1/send/m.room.message/t1`, 'sendMessage'],
    ['PUT', `${client}/rooms/!a%2Fb:hs1/state/m.room.name/`, 'setRoomStateWithKey'],
    ['GET', `${client}/rooms/!a:hs1/state/m.room.name`, 'getRoomStateWithKey'],
    ['GET', `${client}/rooms/!a:hs1/state`, 'getRoomState'],
    ['POST', `${client}/rooms/!a:hs1/invite`, 'inviteBy3PID'],
    ['GET', `${client}/events`, 'getEvents'],
    ['GET', '/.well-known/matrix/client', 'getWellknown'],
    ['GET', '/_matrix/media/v3/download/hs1/abc', 'getContent'],
    ['GET', '/_matrix/client/v1/media/download/hs1/abc/file.png', 'getContentOverrideNameAuthed'],
  ])('%s %s is %s', (method, path, id) => {
    expect(table.match(method, path)?.id).toBe(id);
  });

  it('prefers literal segments to parameters, further left first', () => {
    expect(operation('GET', `${client}/pushrules/global/`).path).toBe(`${client}/pushrules/global/`);
    expect(operation('GET', '/_matrix/client/v1/media/config').path).toBe('/_matrix/client/v1/media/config');
  });

  it.each([
    ['DELETE', `${client}/sync`],
    ['GET', `${client}/nonsense`],
    ['GET', `${client}/profile/`],
    ['GET', `${client}/sync/`],
    ['GET', `${client}/rooms/!a:hs1/state/m.room.name/x/y`],
    ['GET', '/_synapse/admin/v2/users'],
    ['GET', ''],
  ])('%s %s is none', (method, path) => {
    expect(table.match(method, path)).toBeUndefined();
  });
});

describe('operations of several APIs', () => {
  it.each([
    ['server-server', 'GET', '/_matrix/federation/v1/version', 'getVersion'],
    ['server-server', 'GET', '/.well-known/matrix/server', 'getWellKnown'],
    ['identity', 'GET', '/_matrix/identity/v2/account', 'getAccount'],
    ['application-service', 'PUT', '/_matrix/app/v1/transactions/t1', 'sendTransaction'],
    ['push-gateway', 'POST', '/_matrix/push/v1/notify', 'notify'],
  ] as const)('%s: %s %s is %s, and belongs to no other API', (api, method, path, id) => {
    expect(loadOperations(api).match(method, path)).toMatchObject({ id, api });
    const others = apis.filter((other) => other !== api);
    expect(others.map((other) => loadOperations(other).match(method, path))).toEqual(others.map(() => undefined));
  });
});

describe('operations', () => {
  it('says which need a token and which are deprecated', () => {
    expect(table.operations.filter(({ requiresToken }) => requiresToken)).toHaveLength(134);
    expect(table.operations.filter(({ deprecated }) => deprecated)).toHaveLength(8);
    expect(operation('GET', '/_matrix/client/versions').requiresToken).toBe(false);
    expect(operation('GET', `${client}/sync`)).toMatchObject({
      requiresToken: true,
      api: 'client-server',
      statuses: ['200'],
    });
    expect(operation('GET', '/_matrix/client/v1/media/config').added).toBe('1.11');
  });

  it('has each method and path once', () => {
    const routes = table.operations.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(routes).size).toBe(routes.length);
  });
});

describe('validateResponse', () => {
  const whoami = operation('GET', `${client}/account/whoami`);
  const register = operation('POST', `${client}/register`);
  const wellKnown = operation('GET', '/.well-known/matrix/client');
  const crossSigning = operation('POST', `${client}/keys/device_signing/upload`);
  const download = operation('GET', '/_matrix/media/v3/download/hs1/abc');
  const standardError = { errcode: 'M_UNKNOWN_TOKEN', error: 'x' };

  it.each([
    ['a documented response', whoami, 200, { user_id: '@alice:hs1', device_id: 'D' }],
    ['an undocumented error in standard form', whoami, 418, standardError],
    ['an error with a namespaced code', whoami, 404, { errcode: 'ORG.EXAMPLE_ERROR.GONE', error: 'x' }],
    ['a question for authentication', register, 401, { flows: [{ stages: ['m.login.dummy'] }], session: 's' }],
    [
      'a question for authentication that is not documented',
      operation('POST', `${client}/keys/device_signing/upload`),
      401,
      { flows: [{ stages: ['m.login.password'] }], session: 's' },
    ],
    ['a bad token where authentication may be asked for', register, 401, standardError],
    ['a question for authentication where only the request tells of it', crossSigning, 401, { flows: [] }],
  ])('accepts %s', (_, checked, status, body) => {
    expect(validateResponse(checked, status, body)).toEqual({ state: 'valid' });
  });

  it.each([
    ['a missing required key', whoami, 200, {}, '/user_id: erwartet ein Wert (Pflichtschlüssel), gefunden nichts'],
    [
      'a malformed id',
      whoami,
      200,
      { user_id: '@alice' },
      '/user_id: erwartet format mx-user-id, gefunden Zeichenkette der Länge 6',
    ],
    ['no body', whoami, 200, undefined, '(Dokument): erwartet Objekt, gefunden nichts'],
    [
      'an undocumented error without code',
      whoami,
      404,
      { error: 'x' },
      '/errcode: erwartet ein Wert (Pflichtschlüssel), gefunden nichts',
    ],
    [
      'a documented error with a code of its own making',
      whoami,
      403,
      { errcode: 'nope' },
      '/errcode: erwartet pattern ',
    ],
    [
      'an error text that is none',
      whoami,
      404,
      { errcode: 'M_X', error: {} },
      '/error: erwartet Zeichenkette, gefunden Objekt mit 0 Schlüsseln',
    ],
    ['a question where nothing is asked', whoami, 401, { flows: [] }, '/errcode: erwartet ein Wert'],
    ['an inner error without a code', whoami, 500, {}, '/errcode: erwartet ein Wert'],
    ['a documented error of the server that is no JSON', download, 504, undefined, '(Dokument): erwartet Objekt'],
    ['neither authentication nor error', register, 401, {}, '(Dokument): erwartet eine von 2 Formen'],
  ])('refuses %s', (_, checked, status, body, problem) => {
    const result = validateResponse(checked, status, body);
    expect(result).toMatchObject({ state: 'invalid', problems: [expect.stringContaining(problem)] });
  });

  it.each([
    ['a success the specification does not document', whoami, 202, {}],
    ['an error of a proxy', whoami, 503, undefined],
    ['an error outside of the Matrix API', wellKnown, 404, {}],
    ['a body that is not JSON', download, 200, undefined],
  ])('has no schema for %s', (_, checked, status, body) => {
    expect(validateResponse(checked, status, body)).toEqual({ state: 'noSchema' });
  });
});

describe('validateEvent', () => {
  const message = {
    type: 'm.room.message',
    event_id: '$opaque:hs1',
    room_id: '!opaque:hs1',
    sender: '@alice:hs1',
    origin_server_ts: 1,
    content: { msgtype: 'm.image', body: 'x', url: 'mxc://hs1/abc' },
  };

  it('chooses the schema by type and message type', () => {
    expect(validateEvent(message)).toEqual({ state: 'valid' });
    const content = { ...message.content, url: 1 };
    expect(validateEvent({ ...message, content })).toEqual({
      state: 'invalid',
      problems: ['/content/url: erwartet Zeichenkette, gefunden ganze Zahl'],
    });
    expect(validateEvent({ ...message, content: { ...content, msgtype: 'm.text' } })).toEqual({ state: 'valid' });
  });

  it('applies the general message schema to an unknown message type', () => {
    expect(validateEvent({ ...message, content: { msgtype: 'de.example.x' } })).toMatchObject({
      problems: ['/content/body: erwartet ein Wert (Pflichtschlüssel), gefunden nichts'],
    });
  });

  it('fills in the room a sync event came under, but never replaces one', () => {
    const { room_id: _, ...synced } = message;
    expect(validateEvent(synced).state).toBe('invalid');
    expect(validateEvent(synced, { roomId: '!opaque:hs1' })).toEqual({ state: 'valid' });
    expect(validateEvent({ ...message, room_id: 1 }, { roomId: '!opaque:hs1' }).state).toBe('invalid');
  });

  it('asks a redacted event only for what redaction leaves', () => {
    const redacted = { ...message, content: {}, unsigned: { redacted_because: { type: 'm.room.redaction' } } };
    expect(validateEvent(redacted)).toEqual({ state: 'valid' });
    expect(validateEvent({ ...redacted, sender: 'alice' }).state).toBe('invalid');
    expect(validateEvent({ ...redacted, type: 'm.room.name', state_key: 5 }).state).toBe('invalid');
  });

  it('asks an event of an unknown type only for what every event has', () => {
    expect(validateEvent({ type: 'de.example.x', content: {} })).toEqual({ state: 'valid' });
    expect(validateEvent({ type: 'de.example.x' }).state).toBe('invalid');
    expect(validateEvent({ ...message, type: 'de.example.x', content: {} })).toEqual({ state: 'valid' });
    expect(validateEvent({ ...message, type: 'de.example.x', content: {}, sender: 'alice' }).state).toBe('invalid');
  });

  it('asks an encrypted event of a room for more than one between devices', () => {
    const content = { algorithm: 'm.megolm.v1.aes-sha2', ciphertext: 'x', session_id: 's' };
    const encrypted = { type: 'm.room.encrypted', sender: '@alice:hs1', content };
    expect(validateEvent(encrypted)).toEqual({ state: 'valid' });
    expect(validateEvent({ ...message, ...encrypted })).toEqual({ state: 'valid' });
    expect(validateEvent({ ...message, ...encrypted, origin_server_ts: 'x' }).state).toBe('invalid');
    expect(validateEvent({ ...encrypted, content: { ...content, algorithm: 'x' } }).state).toBe('invalid');
  });

  describe('of stripped state', () => {
    const stripped = { type: 'm.room.name', state_key: '', sender: '@alice:hs1', content: { name: 'x' } };

    it.each([
      ['what a type asks for', stripped],
      ['emptied content, for nobody tells a guest of a redaction', { ...stripped, content: {} }],
      ['an unknown type', { ...stripped, type: 'de.example.x' }],
      ['more than has to be shown', { ...stripped, origin_server_ts: 1 }],
    ])('accepts %s', (_, event) => {
      expect(validateEvent(event)).toEqual({ state: 'valid' });
    });

    it.each([
      ['without a sender', { ...stripped, sender: undefined }],
      ['with a malformed sender', { ...stripped, sender: 'alice' }],
      ['with content of another form', { ...stripped, content: { name: 5 } }],
      ['of a membership without content', { ...stripped, type: 'm.room.member', state_key: '@a:hs1', content: {} }],
    ])('refuses one %s', (_, event) => {
      expect(validateEvent(JSON.parse(JSON.stringify(event))).state).toBe('invalid');
    });
  });

  it('accepts state a client has taken back by an empty content, but no such message', () => {
    const topic = { ...message, type: 'm.room.topic', state_key: '', content: {} };
    expect(validateEvent(topic)).toEqual({ state: 'valid' });
    expect(validateEvent({ ...topic, content: { topic: 5 } }).state).toBe('invalid');
    expect(validateEvent({ ...message, content: {} }).state).toBe('invalid');
  });

  it('applies the content of a type to events between servers, which name no event id', () => {
    const pdu = { type: 'm.room.name', state_key: '', content: { name: 'x' }, auth_events: [], prev_events: [] };
    expect(validateEvent(pdu)).toEqual({ state: 'valid' });
    expect(validateEvent({ ...pdu, content: { name: 5 } }).state).toBe('invalid');
  });

  it.each([undefined, null, 'x', [], {}, { type: 5, content: {} }])('refuses %j', (event) => {
    expect(validateEvent(event).state).toBe('invalid');
  });
});

describe('requests of servers', () => {
  const notify = loadOperations('push-gateway').match('POST', '/_matrix/push/v1/notify');

  it.each([
    [{ notification: { event_id: '$a', devices: [{ app_id: 'a', pushkey: 'b' }] } }, 'valid'],
    [{ notification: { event_id: '$a' } }, 'invalid'],
    [{ notification: { devices: [], prio: 'urgent' } }, 'invalid'],
    [undefined, 'invalid'],
  ])('%j is %s', (body, state) => {
    expect(notify && validateRequest(notify, body).state).toBe(state);
  });

  it('a question without a body has no schema', () => {
    const query = loadOperations('application-service').match('GET', '/_matrix/app/v1/users/@a:hs1');
    expect(query && validateRequest(query, undefined).state).toBe('noSchema');
  });
});
