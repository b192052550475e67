import { describe, expect, it } from 'vitest';
import type { Answer } from './answer.ts';
import type { Asked } from './answer-findings.ts';
import { createLedger } from './validation.ts';

const session = { accessToken: 'geheim', userId: '@alice:hs1', deviceId: 'GERAET' };
const eventId = `$${'E'.repeat(43)}`;
const event = {
  type: 'm.room.name',
  state_key: '',
  event_id: eventId,
  room_id: '!raum:hs1',
  sender: '@alice:hs1',
  origin_server_ts: 1,
  content: { name: 'Flur' },
};

const pdu = {
  type: 'm.room.topic',
  state_key: '',
  room_id: '!raum:hs1',
  sender: '@alice:hs1',
  origin_server_ts: 1,
  content: { topic: 'Flur' },
  auth_events: [eventId],
  prev_events: [eventId],
  depth: 3,
  hashes: { sha256: 'A'.repeat(43) },
  signatures: { hs1: { 'ed25519:1': 'A'.repeat(86) } },
};

interface Seen {
  readonly path: string;
  readonly json: unknown;
  readonly status?: number;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly asked?: Asked;
  readonly version?: '1.12' | '1.19';
}

const open = { 'access-control-allow-origin': '*' };
const json = { ...open, 'content-type': 'application/json' };

function ledgerOf({ path, status = 200, method = 'GET', json: body, headers = json, asked = {}, version }: Seen) {
  const answer: Answer = {
    method,
    template: path,
    path,
    status,
    headers,
    json: body,
    text: '',
    durationMs: 1,
    bytes: new Uint8Array(),
  };
  const ledger = createLedger(version);
  ledger.note(answer, asked);
  return ledger;
}

const codesOf = (seen: Seen) => ledgerOf(seen).findings.map(({ code }) => code);

describe('an answer that breaks the text of the specification', () => {
  it.each<[string, string, Seen]>([
    ['lacks the only thing asked for', 'schema-violation', { path: '/_matrix/client/v3/pushers', json: {} }],
    [
      'tells of another user than the one who asks',
      'echo-violation',
      {
        path: '/_matrix/client/v3/account/whoami',
        json: { user_id: '@bob:hs1', device_id: 'GERAET' },
        asked: { session },
      },
    ],
    [
      'tells of another room than the one in the path',
      'echo-violation',
      { path: '/_matrix/client/v3/rooms/!b%3Ahs1/join', method: 'POST', json: { room_id: '!c:hs1' } },
    ],
    [
      'names more than was asked for',
      'echo-violation',
      {
        path: '/_matrix/client/v3/user_directory/search',
        method: 'POST',
        json: { limited: true, results: [{ user_id: '@a:hs1' }, { user_id: '@b:hs1' }] },
        asked: { body: { search_term: 'a', limit: 1 } },
      },
    ],
    [
      'names the same thing twice',
      'consistency-violation',
      { path: '/_matrix/client/v3/joined_rooms', json: { joined_rooms: ['!a:hs1', '!a:hs1'] } },
    ],
    [
      'holds a broken event',
      'event-violation',
      { path: '/_matrix/client/v3/rooms/!raum:hs1/state', json: [{ ...event, content: { name: 5 } }] },
    ],
    [
      'shows who did not send an event how it was named when sent',
      'event-violation',
      {
        path: '/_matrix/client/v3/rooms/!raum:hs1/state',
        json: [{ ...event, sender: '@bob:hs1', unsigned: { transaction_id: 'm1' } }],
        asked: { session },
      },
    ],
    [
      'is the broken content of a state event',
      'event-violation',
      { path: '/_matrix/client/v3/rooms/!raum:hs1/state/m.room.name', json: { name: 5 } },
    ],
    [
      'holds a broken event, at a path the specification does not have',
      'event-violation',
      {
        path: '/_matrix/client/unstable/org.matrix.simplified_msc3575/sync',
        method: 'POST',
        json: { pos: '1', rooms: { '!raum:hs1': { timeline: [{ ...event, content: { name: 5 } }] } } },
      },
    ],
    [
      'gives a broken event to another homeserver',
      'event-violation',
      {
        path: `/_matrix/federation/v1/event/${eventId}`,
        json: { origin: 'hs1', origin_server_ts: 1, pdus: [{ ...pdu, content: { topic: 17 } }] },
      },
    ],
    [
      'is JSON that calls itself something else',
      'content-type',
      {
        path: '/_matrix/client/v3/joined_rooms',
        json: { joined_rooms: [] },
        headers: { ...open, 'content-type': 'text/plain' },
      },
    ],
    [
      'calls itself JSON and is none, at a path the specification does not have',
      'no-json',
      { path: '/_matrix/client/unstable/org.example/nichts', method: 'PUT', json: undefined },
    ],
    [
      'is an error without its text',
      'schema-violation',
      { path: '/_matrix/client/v3/joined_rooms', status: 403, json: { errcode: 'M_FORBIDDEN' } },
    ],
    [
      'is an inner error without its text',
      'schema-violation',
      {
        path: '/_matrix/client/v1/media/download/hs1/datei',
        status: 504,
        json: { errcode: 'M_NOT_YET_UPLOADED' },
      },
    ],
    [
      'is a documented error of the server that is no JSON',
      'schema-violation',
      { path: '/_matrix/client/v1/media/download/hs1/datei', status: 504, json: undefined, headers: open },
    ],
    [
      'shows two values of the same state',
      'consistency-violation',
      {
        path: '/_matrix/client/v3/rooms/!raum:hs1/state',
        json: [event, { ...event, event_id: `$${'F'.repeat(43)}`, content: { name: 'Hof' } }],
      },
    ],
    [
      'asks for a login otherwise than for a missing token',
      'schema-violation',
      {
        path: '/_matrix/client/v3/joined_rooms',
        status: 401,
        json: { errcode: 'M_UNAUTHORIZED', error: 'Zugang verweigert' },
      },
    ],
    [
      'is an error of a path nobody knows, without its text',
      'schema-violation',
      { path: '/_matrix/client/v3/nichts', status: 404, json: { errcode: 'M_UNRECOGNIZED' } },
    ],
  ])('%s', (_, code, seen) => {
    expect(codesOf(seen)).toEqual([code]);
  });

  it('is told with the clause it breaks', () => {
    const [finding] = ledgerOf({ path: '/_matrix/client/v3/pushers', json: {} }).findings;
    expect(finding?.expected).toContain('https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushers');
    expect(finding?.observed).toBe('/pushers: erwartet ein Wert (Pflichtschlüssel), gefunden nichts');
  });
});

describe('an answer that keeps to the text', () => {
  it.each<[string, Seen]>([
    [
      'with the charset named',
      {
        path: '/_matrix/client/v3/joined_rooms',
        json: { joined_rooms: [] },
        headers: { ...open, 'content-type': 'application/json; charset=utf-8' },
      },
    ],
    ['with sound events', { path: '/_matrix/client/v3/rooms/!raum:hs1/state', json: [event] }],
    [
      'about whom an application service stands for',
      {
        path: '/_matrix/client/v3/account/whoami',
        json: { user_id: '@geist:hs1' },
        asked: { session, query: { user_id: '@geist:hs1' } },
      },
    ],
    [
      'of a version that did not ask for more',
      {
        path: '/_matrix/client/v3/profile/@alice:hs1/displayname',
        json: {},
        version: '1.12',
      },
    ],
    [
      'that asks for a token where none was sent',
      {
        path: '/_matrix/client/v3/joined_rooms',
        status: 401,
        json: { errcode: 'M_MISSING_TOKEN', error: 'Ohne Anmeldung' },
      },
    ],
    [
      'that does not know the token that was sent',
      {
        path: '/_matrix/client/v3/joined_rooms',
        status: 401,
        json: { errcode: 'M_UNKNOWN_TOKEN', error: 'Abgemeldet' },
        asked: { session: { accessToken: 'alt' } },
      },
    ],
    [
      'that asks for proof of who registers',
      {
        path: '/_matrix/client/v3/register',
        method: 'POST',
        status: 401,
        json: { flows: [{ stages: ['m.login.dummy'] }], session: 'x' },
      },
    ],
    [
      'of one homeserver to another, which has codes of its own',
      {
        path: '/_matrix/federation/v1/timestamp_to_event/!r:hs1',
        status: 401,
        json: { errcode: 'M_UNAUTHORIZED', error: 'Ohne Unterschrift' },
      },
    ],
    [
      'with an event for another homeserver of which a redaction left nothing',
      {
        path: `/_matrix/federation/v1/event/${eventId}`,
        json: { origin: 'hs1', origin_server_ts: 1, pdus: [{ ...pdu, type: 'm.room.message', content: {} }] },
      },
    ],
    [
      'as a file of somebody who says that it is JSON',
      { path: '/_matrix/client/v1/media/download/hs1/datei', json: undefined },
    ],
    ['outside of Matrix, whatever it calls itself', { path: '/metrics', json: 1, headers: {} }],
  ])('%s', (_, seen) => {
    expect(ledgerOf(seen).findings).toEqual([]);
  });
});

it('judges the same body anew where its status or its name is another', () => {
  const seen: Seen = { path: '/_matrix/client/v3/joined_rooms', json: { joined_rooms: [] } };
  expect([seen, { ...seen, headers: open }, { ...seen, headers: {} }, { ...seen, status: 404 }].map(codesOf)).toEqual([
    [],
    ['content-type'],
    ['content-type', 'closed-to-browsers'],
    ['schema-violation'],
  ]);
});

describe('an event that was seen before', () => {
  const path = '/_matrix/client/v3/rooms/!raum:hs1/state';
  const answered = { headers: json, text: '', bytes: new Uint8Array(), durationMs: 1, status: 200 };
  const states = (event: object) => ({ ...answered, method: 'GET', template: path, path, json: [event] });

  it('is still the same', () => {
    const ledger = createLedger();
    ledger.note(states(event));
    ledger.note(states({ ...event, content: {} }));
    expect(ledger.findings).toEqual([]);
  });

  it.each(['type', 'sender', 'state_key'])('has not changed its %s', (key) => {
    const ledger = createLedger();
    ledger.note(states(event));
    ledger.note(states({ ...event, [key]: '@bob:hs1' }));
    expect(ledger.findings).toMatchObject([
      { code: 'event-violation', observed: expect.stringContaining(`/${key}: `) },
    ]);
  });

  it('was sent by whoever was given its id', () => {
    const ledger = createLedger();
    const sent = '/_matrix/client/v3/rooms/!raum:hs1/state/m.room.name';
    ledger.note(
      { ...answered, method: 'PUT', template: sent, path: sent, json: { event_id: eventId } },
      { session: { ...session, userId: '@carol:hs1' } },
    );
    ledger.note(states(event));
    expect(ledger.findings).toMatchObject([{ observed: expect.stringContaining('/sender: ') }]);
  });
});

describe('events of which only some fields were asked for', () => {
  const path = '/_matrix/client/v3/sync';
  const partial = { type: 'm.room.name', state_key: '' };
  const timeline = { events: [partial] };
  const synced = { next_batch: 's1', rooms: { join: { '!raum:hs1': { timeline } } } };
  const codes = (filter: string) =>
    codesOf({ path, json: synced, version: '1.12', asked: { query: { filter, since: 's0' } } });

  it('are not held to be whole', () => {
    expect(codes('{"event_fields":["type"]}')).toEqual([]);
    expect(codes('{"event_format":"federation"}')).toEqual([]);
    expect(codes('{"room":{}}')).toContain('schema-violation');
  });

  it('are known by the name of the filter too', () => {
    const ledger = createLedger('1.12');
    const answered = { template: path, headers: json, text: '', bytes: new Uint8Array(), durationMs: 1, status: 200 };
    const filterPath = '/_matrix/client/v3/user/@alice:hs1/filter';
    const stored = { ...answered, method: 'POST', path: filterPath, json: { filter_id: '7' } };
    ledger.note(stored, { body: { event_fields: ['type'] } });
    ledger.note({ ...answered, method: 'GET', path, json: synced }, { query: { filter: '7', since: 's0' } });
    expect(ledger.findings).toEqual([]);
  });
});

describe('an inner error', () => {
  const path = '/_matrix/client/v3/joined_rooms';

  it('must have the form of errors where it speaks for the API', () => {
    const codes = ['server-error', 'schema-violation'];
    expect(new Set(codesOf({ path, status: 500, json: { errcode: 5 } }))).toEqual(new Set(codes));
    expect(new Set(codesOf({ path: `${path}/nichts`, status: 500, json: {} }))).toEqual(new Set(codes));
  });

  it('of a proxy has no form of the API, and is told as an inner error', () => {
    expect(codesOf({ path, status: 502, json: undefined, headers: open })).toEqual(['server-error']);
  });
});

it('counts what was seen of each operation', () => {
  const ledger = ledgerOf({ path: '/_matrix/client/v3/joined_rooms', json: { joined_rooms: [] } });
  expect(ledger.tally).toEqual([{ operation: 'getJoinedRooms', status: 200, seen: 1, validated: 1 }]);
});

it('counts what other homeservers are answered under the name of their interface', () => {
  const path = `/_matrix/federation/v1/event/${eventId}`;
  const ledger = ledgerOf({ path, json: { origin: 'hs1', origin_server_ts: 1, pdus: [pdu], 'org.example.x': 1 } });
  expect(ledger.tally).toEqual([
    { operation: 'server-server/getEvent', status: 200, seen: 1, validated: 1, unknownKeys: ['/org.example.x'] },
  ]);
});

it('stays calm over an answer of very many broken entries', () => {
  const devices = Array.from({ length: 50_000 }, () => ({ device_id: 1 }));
  const { findings } = ledgerOf({ path: '/_matrix/client/v3/devices', json: { devices } });
  expect(findings.map(({ code }) => code)).toEqual(['schema-violation', 'consistency-violation']);
  expect(findings[0]?.observed.length).toBeLessThan(1000);
});
