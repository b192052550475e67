import { describe, expect, it } from 'vitest';
import { apis } from './api.ts';
import { schemaAsOf } from './as-of-version.ts';
import { loadOperations, type Operation, validateEvent, validateResponse } from './operations.ts';
import { isPromised } from './response-schema.ts';
import type { SpecVersion } from './spec-version.ts';

const late = { type: 'string', 'x-addedInMatrixVersion': '1.16' };
const kept = { type: 'string' };
const definitions = new Map<string, unknown>([
  ['base', { type: 'object', required: ['a', 'b'], properties: { a: kept, b: kept } }],
  ['late', late],
]);

describe('schemaAsOf', () => {
  it.each([
    [
      'neither asks for nor constrains a key that came later',
      { type: 'object', required: ['a', 'b'], properties: { a: kept, b: late } },
      { type: 'object', required: ['a'], properties: { a: kept, b: true } },
    ],
    [
      'knows a key that came later by the schema it refers to',
      { type: 'object', required: ['b'], properties: { b: { $ref: '#/$defs/late' } } },
      { type: 'object', required: [], properties: { b: true } },
    ],
    [
      'frees a key in everything that describes the same object, referred to or inherited',
      { allOf: [{ $ref: '#/$defs/base' }, { properties: { b: { 'x-addedInMatrixVersion': '1.16' } } }] },
      {
        allOf: [{ type: 'object', required: ['a'], properties: { a: kept, b: true } }, { properties: { b: true } }],
      },
    ],
    [
      'leaves a key of the same name in another object alone',
      { type: 'object', properties: { b: late, other: { $ref: '#/$defs/base' } } },
      { type: 'object', properties: { b: true, other: { $ref: '#/$defs/base' } } },
    ],
    [
      'frees all keys of a kind that came later',
      { type: 'object', properties: { a: kept }, additionalProperties: late },
      { type: 'object', properties: { a: kept }, additionalProperties: true },
    ],
    [
      'looks into lists and keys by pattern',
      { items: { patternProperties: { '^@': late } } },
      { items: { patternProperties: { '^@': true } } },
    ],
    ['takes nothing from what it does not know', { type: 'string', enum: ['a'] }, { type: 'string', enum: ['a'] }],
  ])('%s', (_, schema, expected) => {
    expect(schemaAsOf(schema, '1.15', definitions)).toEqual(expected);
    expect(schemaAsOf(schema, '1.16', definitions)).toEqual(schema);
  });
});

describe('a server of an earlier version', () => {
  const whoami = operation('GET', '/_matrix/client/v3/account/whoami');
  const hierarchy = operation('GET', '/_matrix/client/v1/rooms/!a:hs1/hierarchy');
  const moderation = operation('GET', '/_matrix/client/v1/admin/suspend/@alice:hs1');
  const room = {
    children_state: [],
    guest_can_join: true,
    num_joined_members: 1,
    room_id: '!a:hs1',
    world_readable: true,
  };

  it.each<[string, Operation, SpecVersion | undefined, object, string]>([
    ['a key of its own version', whoami, '1.2', { user_id: '@a:hs1', is_guest: 'yes' }, 'invalid'],
    ['a key of the version after it', whoami, '1.1', { user_id: '@a:hs1', is_guest: 'yes' }, 'valid'],
    ['any key when it names no version', whoami, undefined, { user_id: '@a:hs1', is_guest: 'yes' }, 'invalid'],
    ['a key that was always there', whoami, '1.0', { user_id: 'a' }, 'invalid'],
    ['an inherited key of its version', hierarchy, '1.15', { rooms: [{ ...room, encryption: 5 }] }, 'invalid'],
    ['an inherited key that came later', hierarchy, '1.14', { rooms: [{ ...room, encryption: 5 }] }, 'valid'],
    ['an operation of its version', moderation, '1.18', { suspended: 5 }, 'invalid'],
    ['an operation that came later', moderation, '1.17', { suspended: 5 }, 'noSchema'],
  ])('is held to %s or not', (_, checked, version, body, state) => {
    expect(validateResponse(checked, 200, body, version).state).toBe(state);
  });

  it('still answers errors in standard form where an operation came later', () => {
    expect(validateResponse(moderation, 404, { errcode: 'M_UNRECOGNIZED' }, '1.1')).toEqual({ state: 'valid' });
    expect(validateResponse(moderation, 404, {}, '1.1').state).toBe('invalid');
  });

  it('sends events of the types it knows', () => {
    const event = {
      type: 'm.call.reject',
      event_id: '$a:hs1',
      room_id: '!a:hs1',
      sender: '@a:hs1',
      origin_server_ts: 1,
    };
    expect(validateEvent({ ...event, content: {} }, {}, '1.7').state).toBe('invalid');
    expect(validateEvent({ ...event, content: {} }, {}, '1.6')).toEqual({ state: 'valid' });
    expect(validateEvent({ ...event, content: 5 }, {}, '1.6').state).toBe('invalid');
  });

  it.each([
    ['1.0', 116],
    ['1.11', 153],
    ['1.15', 157],
    ['1.19', 164],
  ] as const)('of %s promises %d operations to clients', (version, count) => {
    expect(loadOperations().operations.filter((item) => isPromised(item, version))).toHaveLength(count);
  });

  it.each(['1.0', '1.11', '1.15'] as const)('of %s has schemas that all compile strictly', (version) => {
    for (const checked of apis.flatMap((api) => loadOperations(api).operations)) {
      for (const status of checked.statuses) validateResponse(checked, Number(status), {}, version);
    }
  });

  function operation(method: string, path: string): Operation {
    const found = loadOperations().match(method, path);
    if (found === undefined) throw new Error(`no operation ${method} ${path}`);
    return found;
  }
});
