import { describe, expect, it } from 'vitest';
import type { Rule } from './overlay.ts';
import { brokenRule, isEcho, isGiven } from './overlay-rules.ts';
import { overlayProblems } from './overlays.ts';
import { pointerPattern as at } from './pointer-pattern.ts';

const exchange = {
  answer: {
    chunk: [
      { id: '$a', by: 3 },
      { id: '$b', by: 2 },
    ],
    users: { '@a:hs1': { me: '@a:hs1' } },
    deep: { a: [1] },
  },
  request: { users: { '@a:hs1': [] }, limit: 2, deep: { a: [1] } },
  query: { limit: '1', dir: 'b' },
  path: { roomId: '!r' },
};

const related = (subject: 'at' | 'count', from: string, relation: string, to: string): Rule =>
  ({ subject, at: at(from), relation, to: at(to) }) as Rule;

describe('brokenRule', () => {
  it.each<[string, Rule]>([
    ['equals', related('at', '/answer/deep', 'equals', '/request/deep')],
    ['equals where nothing is known', related('at', '/answer/chunk', 'equals', '/request/chunk')],
    ['equals where nothing was answered', related('at', '/answer/none', 'equals', '/request/limit')],
    ['a key that was remembered', related('at', '/answer/users/{user}/me', 'equals', '/at/user')],
    ['among', related('at', '/answer/users/*/#', 'among', '/request/users/*/#')],
    ['differs', related('at', '/answer/chunk/*/id', 'differs', '/path/roomId')],
    ['atMost as a number', related('count', '/answer/chunk/*', 'atMost', '/request/limit')],
    ['atLeast', related('at', '/answer/chunk/*/by', 'atLeast', '/query/limit')],
    ['unique', { subject: 'unique', at: at('/answer/chunk/*/id') }],
    ['sorted', { subject: 'sorted', at: at('/answer/chunk/*/by'), order: 'descending' }],
  ])('holds: %s', (_, rule) => {
    expect(brokenRule(rule, exchange)).toEqual([]);
  });

  it.each<[string, Rule, string]>([
    [
      'equals',
      related('at', '/answer/chunk/0/id', 'equals', '/path/roomId'),
      '/chunk/0/id: erwartet derselbe Wert wie Pfadangabe roomId',
    ],
    [
      'among nothing',
      related('at', '/answer/users/*/#', 'among', '/request/none/*/#'),
      '/users/@a:hs1: erwartet einer der Werte von Anfrage none/*/#',
    ],
    [
      'differs',
      related('at', '/request/limit', 'differs', '/request/limit'),
      'Anfrage limit: erwartet ein anderer Wert als',
    ],
    [
      'atMost of a text',
      related('count', '/answer/chunk/*', 'atMost', '/query/limit'),
      '/chunk/*: erwartet höchstens Abfrageangabe limit, gefunden 2 Einträge',
    ],
    ['unique', { subject: 'unique', at: at('/request/*') }, ''],
    [
      'sorted',
      { subject: 'sorted', at: at('/answer/chunk/*/by'), order: 'ascending' },
      '/chunk/1/by: erwartet aufsteigend geordnete Werte',
    ],
  ])('is broken: %s', (_, rule, line) => {
    const twice = { ...exchange, request: { a: 'x', b: 'x', limit: 2 } };
    expect(brokenRule(rule, twice)).toEqual([expect.stringContaining(line)]);
  });

  it('looks for repetitions within each named step only', () => {
    const rooms = { answer: { a: [1, 2], b: [1] } };
    expect(brokenRule({ subject: 'unique', at: at('/answer/{room}/*') }, rooms)).toEqual([]);
    expect(brokenRule({ subject: 'unique', at: at('/answer/*/*') }, rooms)).toHaveLength(1);
  });

  it('looks for repetitions of some keys together, where all of them are there', () => {
    const rule = { subject: 'unique', at: at('/answer/*'), by: ['type', 'key'] } as const;
    const broken = (...answer: readonly object[]) => brokenRule(rule, { answer });
    expect(broken({ type: 'a', key: '1' }, { type: 'a', key: '2' }, { type: 'b', key: '1' })).toEqual([]);
    expect(broken({ type: 'a' }, { type: 'a' })).toEqual([]);
    expect(broken({ type: 'a', key: '1', id: 1 }, { type: 'a', key: '1', id: 2 })).toEqual([
      '/1: erwartet ein Wert von type und key, der nur einmal vorkommt',
    ]);
  });
});

it('tells an echo of the request from the consistency of the answer', () => {
  expect(isEcho(related('at', '/answer/a', 'equals', '/query/a'))).toBe(true);
  expect(isEcho(related('at', '/answer/a', 'equals', '/at/user'))).toBe(false);
  expect(isEcho({ subject: 'unique', at: at('/answer/a/*') })).toBe(false);
});

it('knows whether a situation is given', () => {
  const given = (...conditions: Parameters<typeof isGiven>[0]) => isGiven(conditions, exchange);
  expect(given({ at: at('/query/dir'), is: 'b' }, { at: at('/query/x'), present: false })).toBe(true);
  expect(given({ at: at('/query/dir'), not: 'b' })).toBe(false);
  expect(given({ at: at('/query/none'), not: 'b' })).toBe(true);
  expect(given({ at: at('/path/roomId'), matches: /^!/ })).toBe(true);
  expect(given({ at: at('/path/none'), matches: /^!/ })).toBe(false);
});

it('a list of members asked for by two conditions may hold whoever meets one of them', () => {
  const member = (name: string, membership: string) => ({
    type: 'm.room.member',
    state_key: `@${name}:hs1`,
    event_id: `$${name}`,
    room_id: '!r:hs1',
    sender: `@${name}:hs1`,
    origin_server_ts: 1,
    content: { membership },
  });
  const answer = { chunk: [member('alice', 'join'), member('bob', 'invite')] };
  const problems = (query: Readonly<Record<string, string>>) =>
    overlayProblems('getMembersByRoom', 200, { answer, path: { roomId: '!r:hs1' }, query });
  expect(problems({ membership: 'join', not_membership: 'leave' })).toEqual([]);
  expect(problems({ membership: 'join' })).toHaveLength(1);
  expect(problems({ not_membership: 'invite' })).toHaveLength(1);
});
