import { expect, test } from 'vitest';
import { exclusionOf, exclusions, type MutantFacts } from './exclusions.ts';
import type { MutantPlace } from './mutant.ts';

const sync = 'GET /_matrix/client/v3/sync';
const messages = 'GET /_matrix/client/v3/rooms/{roomId}/messages';

function ruleFor(place: Partial<MutantPlace>, more: Partial<MutantFacts> = {}): string | undefined {
  return exclusionOf({
    place: { kind: 'null', operation: sync, status: 200, pattern: '/a', ...place },
    key: 'a',
    schema: { isKnown: true, isRequired: true, isBound: true },
    entries: 'none',
    isNamedBefore: true,
    isPartial: false,
    ...more,
  })?.rule;
}

test.each<[string | undefined, Partial<MutantPlace>, Partial<MutantFacts>]>([
  [undefined, {}, {}],
  ['unknown-key', {}, { schema: { isKnown: false, isRequired: false, isBound: false } }],
  ['chosen-fields', { pattern: '/account_data/events/[m.tag]/content' }, { isPartial: true }],
  [undefined, { pattern: '/next_batch' }, { isPartial: true }],
  ['optional-key', { kind: 'deletedKey' }, { schema: { isKnown: true, isRequired: false, isBound: true } }],
  [undefined, { kind: 'deletedKey' }, {}],
  ['any-value', { kind: 'wrongType' }, { schema: { isKnown: true, isRequired: true, isBound: false } }],
  ['free-text', { kind: 'emptyString' }, { key: 'topic' }],
  [undefined, { kind: 'emptyString' }, { key: 'next_batch' }],
  ['list-order', { kind: 'reorderedList', pattern: '/rooms/join/*/state/events' }, {}],
  [undefined, { kind: 'reorderedList', pattern: '/rooms/join/*/timeline/events' }, {}],
  ['own-offer', { kind: 'shortenedList', operation: 'GET /_matrix/client/versions', pattern: '/versions' }, {}],
  ['own-offer', { kind: 'shortenedList', status: 401, pattern: '/flows' }, {}],
  [undefined, { kind: 'shortenedList', status: 401, pattern: '/flows/[]/stages' }, {}],
  ['page-size', { kind: 'shortenedList', operation: messages, pattern: '/chunk' }, {}],
  [undefined, { kind: 'shortenedList', pattern: '/rooms/join/*/timeline/events' }, {}],
  ['repeated-value', { kind: 'duplicatedEntry' }, { entries: 'values' }],
  [undefined, { kind: 'duplicatedEntry' }, { entries: 'objects' }],
  ['first-heard', { kind: 'foreignIdentifier' }, { isNamedBefore: false }],
  [undefined, { kind: 'swappedIdentifiers' }, {}],
  ['preflight-header', { kind: 'droppedHeader', pattern: 'access-control-allow-methods' }, {}],
  [undefined, { kind: 'droppedHeader', pattern: 'access-control-allow-origin' }, {}],
  ['cache-hint', { kind: 'droppedHeader', pattern: 'cache-control' }, {}],
  ['first-heard', { kind: 'foreignAnswer', pattern: '' }, { isNamedBefore: false }],
  ['server-document', { kind: 'droppedHeader', operation: 'GET /.well-known/matrix/server' }, {}],
  ['not-matrix', { kind: 'status', operation: 'GET /_synapse/admin/v1/register' }, {}],
])('%s: %j %j', (rule, place, facts) => {
  expect(ruleFor(place, facts)).toBe(rule);
});

test('every rule names its reason and where it is written', () => {
  for (const { reason, clause } of exclusions) {
    expect(reason).toMatch(/\.$/);
    expect(clause).toMatch(/^https:\/\/spec\.matrix\.org\/v1\.19\//);
  }
});
