import { expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { createServerIdentity } from './identity.ts';
import { contentHash, eventIdOf, pduFrom } from './pdu.ts';
import { redacted } from './redacted.ts';

// Test vectors of https://spec.matrix.org/v1.19/appendices/#event-signing
const minimal = {
  room_id: '!x:domain',
  sender: '@a:domain',
  origin: 'domain',
  origin_server_ts: 1_000_000,
  signatures: {},
  hashes: {},
  type: 'X',
  content: {},
  prev_events: [],
  auth_events: [],
  depth: 3,
  unsigned: { age_ts: 1_000_000 },
};

test('the content hash is that of the test vector', () => {
  expect(contentHash(minimal)).toBe('5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos');
});

test('the id follows from what redaction leaves, without signatures', () => {
  const sealed = { ...minimal, hashes: { sha256: contentHash(minimal) } };
  const signed = { ...sealed, signatures: { domain: { 'ed25519:1': 'x' } }, unsigned: {} };
  expect(eventIdOf(signed)).toBe(eventIdOf(sealed));
  expect(eventIdOf(sealed)).toMatch(/^\$[\w-]{43}$/);
  expect(eventIdOf({ ...sealed, depth: 4 })).not.toBe(eventIdOf(sealed));
  expect(pduFrom(sealed)).toEqual({ eventId: eventIdOf(sealed), json: sealed });
});

test('a sealed event carries its hash and the signature of its homeserver', () => {
  const identity = createServerIdentity('peer.example', createRandom('sealing'));
  const { json } = identity.sealed(minimal);
  expect(json['hashes']).toEqual({ sha256: contentHash(minimal) });
  expect(json['signatures']).toEqual({ 'peer.example': { [`ed25519:${identity.keyName}`]: expect.any(String) } });
  const { signatures } = identity.countersigned({ ...json, signatures: { other: { 'ed25519:a': 'x' } } });
  expect(signatures).toEqual({ ...(json['signatures'] as object), other: { 'ed25519:a': 'x' } });
});

test.each([
  [
    'm.room.member',
    { membership: 'join', displayname: 'A', third_party_invite: { signed: 1, name: 2 } },
    { membership: 'join', third_party_invite: { signed: 1 } },
  ],
  ['m.room.create', { room_version: '12', anything: 1 }, { room_version: '12', anything: 1 }],
  ['m.room.join_rules', { join_rule: 'public', allow: [], other: 1 }, { join_rule: 'public', allow: [] }],
  ['m.room.power_levels', { users: {}, invite: 1, notifications: {} }, { users: {}, invite: 1 }],
  ['m.room.history_visibility', { history_visibility: 'shared', x: 1 }, { history_visibility: 'shared' }],
  ['m.room.redaction', { redacts: '$x', reason: 'y' }, { redacts: '$x' }],
  ['m.room.message', { body: 'x' }, {}],
])('redaction of %s keeps what rules rest on', (type, content, left) => {
  const event = { ...minimal, type, content, state_key: '' };
  const { unsigned: _unsigned, origin: _origin, ...kept } = event;
  expect(redacted(event)).toEqual({ ...kept, content: left });
});
