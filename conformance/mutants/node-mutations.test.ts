import { describe, expect, test } from 'vitest';
import { applyChange } from './apply-change.ts';
import { identifiersIn } from './identifier-pool.ts';
import { nodesOf } from './json-nodes.ts';
import type { MutationKind } from './mutant.ts';
import { nodeMutations } from './node-mutations.ts';

const foreign = { user: '@eve:hs1', room: '!other', event: '$other', alias: '#other:hs1', media: 'mxc://hs1/other' };

/** The answer with that kind of lie told at the pattern; undefined when it does not apply there. */
function lied(json: unknown, pattern: string, kind: MutationKind): unknown {
  const nodes = [...nodesOf(json)];
  const node = nodes.find((one) => one.pattern === pattern);
  if (node === undefined) throw new RangeError(`nothing at ${pattern}: ${nodes.map((one) => one.pattern)}`);
  const pool = {
    inAnswer: identifiersIn(nodes),
    foreign: (of?: keyof typeof foreign) => of && foreign[of],
    choose: <T>([first]: readonly T[]) => first ?? expect.fail('no way to lie'),
  };
  const edits = nodeMutations[kind]?.(node, pool) ?? [];
  if (edits.length === 0) return undefined;
  return applyChange({ status: 200, headers: {}, json }, { edits }).json;
}

const member = { type: 'm.room.member', sender: '@alice:hs1', event_id: '$a', content: { displayname: 'Alice' } };
const probe = { type: 'probe', sender: '@bob:hs1', event_id: '$b', content: { n: 1, yes: true, list: ['x', 'y'] } };
const json = { chunk: [member, probe], one_time_keys: { '@alice:hs1': {} }, empty: [] };

describe('each kind of lie', () => {
  test.each<[MutationKind, string, unknown]>([
    ['deletedKey', '/chunk', { one_time_keys: json.one_time_keys, empty: [] }],
    ['null', '/chunk', { ...json, chunk: null }],
    ['wrongType', '/chunk', { ...json, chunk: {} }],
    ['wrongType', '/one_time_keys', { ...json, one_time_keys: [] }],
    ['wrongType', '/chunk/[probe]/sender', { ...json, chunk: [member, { ...probe, sender: 17 }] }],
    ['wrongType', '/chunk/[probe]/content/n', { ...json, chunk: [member, withContent({ n: '1' })] }],
    ['wrongType', '/chunk/[probe]/content/yes', { ...json, chunk: [member, withContent({ yes: 'true' })] }],
    ['emptyString', '/chunk/[probe]/event_id', { ...json, chunk: [member, { ...probe, event_id: '' }] }],
    ['malformedIdentifier', '/chunk/[probe]/sender', { ...json, chunk: [member, { ...probe, sender: 'bob:hs1' }] }],
    [
      'swappedIdentifiers',
      '/chunk/[probe]/event_id',
      {
        ...json,
        chunk: [
          { ...member, event_id: '$b' },
          { ...probe, event_id: '$a' },
        ],
      },
    ],
    ['foreignIdentifier', '/chunk/[probe]/sender', { ...json, chunk: [member, { ...probe, sender: '@eve:hs1' }] }],
    ['foreignIdentifier', '/one_time_keys/*', { ...json, one_time_keys: { '@eve:hs1': {} } }],
    ['shortenedList', '/chunk', { ...json, chunk: [member] }],
    ['duplicatedEntry', '/chunk', { ...json, chunk: [member, probe, probe] }],
    ['reorderedList', '/chunk', { ...json, chunk: [probe, member] }],
    ['reorderedList', '/chunk/[probe]/content/list', { ...json, chunk: [member, withContent({ list: ['y', 'x'] })] }],
  ])('%s at %s', (kind, pattern, expected) => {
    expect(lied(json, pattern, kind)).toEqual(expected);
  });

  test.each<[MutationKind, string]>([
    ['deletedKey', '/chunk/[probe]'],
    ['emptyString', '/chunk'],
    ['malformedIdentifier', '/chunk/[m.room.member]/content/displayname'],
    ['swappedIdentifiers', '/chunk/[probe]/type'],
    ['foreignIdentifier', '/chunk/[probe]/type'],
    ['shortenedList', '/empty'],
    ['duplicatedEntry', '/empty'],
    ['reorderedList', '/empty'],
  ])('%s does not apply at %s', (kind, pattern) => {
    expect(lied(json, pattern, kind)).toBeUndefined();
  });
});

function withContent(content: object) {
  return { ...probe, content: { ...probe.content, ...content } };
}
