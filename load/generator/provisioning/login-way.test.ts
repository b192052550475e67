import { expect, test } from 'vitest';
import type { Bench } from '../../../core/model/bench.ts';
import { textIn } from '../../../core/model/text.ts';
import { type LoginWayName, loginWays, usualWay } from './login-way.ts';

interface Place {
  readonly provider?: 'process' | 'remote';
  readonly adminUrl?: string;
  readonly capabilities?: readonly string[];
  readonly size?: number;
}

/** Only what the question needs; nothing is sent. */
const benchWith = ({ provider = 'remote', adminUrl, capabilities = [], size }: Place): Bench =>
  ({ target: { provider, capabilities, ...(adminUrl && { adminUrl }) }, accounts: { size } }) as unknown as Bench;

const gapOf = (way: LoginWayName, place: Place, users = 20): string | undefined => {
  const gap = loginWays[way].gap(benchWith(place), users);
  return gap === undefined ? undefined : textIn('en', gap);
};

test('a target file with too few accounts is told with both numbers', () => {
  expect(gapOf('given', { size: 5 })).toContain('needs 20 accounts, the target file gives 5');
  expect(gapOf('given', { size: 20 })).toBeUndefined();
});

test('no way to the administration means no accounts', () => {
  expect(gapOf('admin-token', { adminUrl: 'http://hs1' })).toContain('no accounts can be created there');
  expect(gapOf('admin-token', { capabilities: ['admin'] })).toContain('no accounts can be created there');
  expect(gapOf('admin-token', { adminUrl: 'http://hs1', capabilities: ['admin'] })).toBeUndefined();
});

test('what only the reference deployment has is not sought at a running target', () => {
  for (const way of ['application-service', 'password', 'openid'] as const) {
    expect(gapOf(way, { adminUrl: 'http://hs1', capabilities: ['admin', 'passwordLogin'] })).toBeTypeOf('string');
  }
});

test('a running target lends its accounts, the reference deployment makes them', () => {
  expect(usualWay(benchWith({ provider: 'remote' }))).toBe('given');
  expect(usualWay(benchWith({ provider: 'process' }))).toBe('application-service');
});
