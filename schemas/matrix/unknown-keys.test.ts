import { describe, expect, it } from 'vitest';
import { loadOperations, type Operation } from './operations.ts';
import { unknownKeys } from './unknown-keys.ts';

const client = '/_matrix/client/v3';

function operation(method: string, path: string): Operation {
  const found = loadOperations().match(method, path);
  if (found === undefined) throw new Error(`no operation ${method} ${path}`);
  return found;
}

const whoami = operation('GET', `${client}/account/whoami`);
const sync = operation('GET', `${client}/sync`);
const keys = operation('POST', `${client}/keys/query`);
const hierarchy = operation('GET', '/_matrix/client/v1/rooms/!a:hs1/hierarchy');
const state = operation('GET', `${client}/rooms/!a:hs1/state/m.room.name`);
const download = operation('GET', '/_matrix/media/v3/download/hs1/abc');

describe('unknownKeys', () => {
  it.each<[string, Operation, number, unknown, string[]]>([
    ['a key at the top', whoami, 200, { user_id: '@a:hs1', 'org.example/x': 1 }, ['/org.example~1x']],
    [
      'keys deep inside, below keys by pattern',
      sync,
      200,
      { next_batch: 's', rooms: { join: { '!a:hs1': { timeline: { events: [], x: 1 }, y: {} } }, peek: {} } },
      ['/rooms/join/*/timeline/x', '/rooms/join/*/y', '/rooms/peek'],
    ],
    ['a key that matches no pattern', sync, 200, { rooms: { join: { alias: {} } } }, ['/rooms/join/alias']],
    [
      'keys in the items of a list, inherited ones known',
      hierarchy,
      200,
      { rooms: [{ room_id: '!a:hs1', name: 'x', encryption: 'y', z: 1, children_state: [] }, { z: 2 }] },
      ['/rooms/*/z'],
    ],
    ['a key of an error', whoami, 404, { errcode: 'M_NOT_FOUND', error: 'x', hint: 'y' }, ['/hint']],
  ])('finds %s', (_, checked, status, body, expected) => {
    expect(unknownKeys(checked, status, body)).toEqual(expected);
  });

  it.each<[string, Operation, number, unknown]>([
    ['keys the text leaves open', keys, 200, { failures: { hs2: { any: 1 } } }],
    ['what only the text describes', sync, 200, { device_unused_fallback_key_types: [] }],
    ['an error as the text describes it', whoami, 401, { errcode: 'M_UNKNOWN_TOKEN', error: 'x', soft_logout: true }],
    ["the content of a state, which is its sender's", state, 200, { key: 1 }],
    ['what an event tells', sync, 200, { account_data: { events: [{ type: 'm.x', content: { any: 1 } }] } }],
    ['an answer without a schema', download, 200, { any: 1 }],
    ['a value of another type', whoami, 200, ['x']],
    ['no answer', whoami, 200, undefined],
  ])('finds none in %s', (_, checked, status, body) => {
    expect(unknownKeys(checked, status, body)).toEqual([]);
  });
});
