import { expect, test } from 'vitest';
import { explanationOf } from './explanations.ts';
import type { MutantPlace } from './mutant.ts';

const rules = 'GET /_matrix/client/v3/pushrules/';
const search = 'POST /_matrix/client/v3/search';
const protocol = 'GET /_matrix/client/v3/thirdparty/protocol/{protocol}';

const isExplained = (place: Partial<MutantPlace>): boolean =>
  explanationOf({ kind: 'null', operation: rules, status: 200, pattern: '/a', ...place }) !== undefined;

test.each<[string, MutantPlace['kind'], MutantPlace['kind']]>([
  [rules, 'shortenedList', 'deletedKey'],
  [search, 'foreignIdentifier', 'wrongType'],
  [protocol, 'emptyString', 'null'],
])('%s: %s has an explanation, %s has none', (operation, explained, unexplained) => {
  expect(isExplained({ operation, kind: explained })).toBe(true);
  expect(isExplained({ operation, kind: unexplained })).toBe(false);
});

test.each([200, 404, 500])('nothing explains an unreadable body taken for sound (%i)', (status) => {
  for (const operation of [rules, search, protocol])
    expect(isExplained({ operation, status, kind: 'badBody', pattern: 'HTML' })).toBe(false);
});
