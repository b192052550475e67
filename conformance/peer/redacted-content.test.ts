import { expect, test } from 'vitest';
import { redactedContent } from './redacted-content.ts';

const versions = Array.from({ length: 12 }, (_, index) => index + 1);

test.each([
  ['m.room.aliases', { aliases: ['#a:b'], x: 1 }, 'aliases', [1, 5]],
  ['m.room.create', { creator: '@a:b', x: 1 }, 'x', [11, 12]],
  ['m.room.create', { creator: '@a:b', x: 1 }, 'creator', [1, 12]],
  ['m.room.join_rules', { join_rule: 'restricted', allow: [], x: 1 }, 'allow', [8, 12]],
  ['m.room.member', { membership: 'join', join_authorised_via_users_server: '@a:b' }, 'membership', [1, 12]],
  [
    'm.room.member',
    { membership: 'join', join_authorised_via_users_server: '@a:b' },
    'join_authorised_via_users_server',
    [9, 12],
  ],
  ['m.room.member', { membership: 'invite', third_party_invite: { signed: {} } }, 'third_party_invite', [11, 12]],
  ['m.room.power_levels', { invite: 0, users: {}, notifications: {} }, 'invite', [11, 12]],
  ['m.room.power_levels', { invite: 0, users: {}, notifications: {} }, 'users', [1, 12]],
  ['m.room.redaction', { redacts: '$a' }, 'redacts', [11, 12]],
] as const)('redaction of %s %j keeps %s in room versions %j', (type, content, key, [first, last]) => {
  const keeping = versions.filter((version) => Object.hasOwn(redactedContent(type, content, version), key));
  expect([keeping.at(0), keeping.at(-1), keeping.length]).toEqual([first, last, last - first + 1]);
});

test.each(['m.room.message', 'm.room.topic'])('redaction of %s keeps nothing in any version', (type) => {
  for (const version of versions) expect(redactedContent(type, { topic: 'a', body: 'b' }, version)).toEqual({});
});
