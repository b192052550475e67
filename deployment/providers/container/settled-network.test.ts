import { expect, test } from 'vitest';
import { settling } from './settled-network.ts';

const before = '00000000000000000000000000000001 01 80 10 80       lo\n';
const checked = `${before}fe80000000000000d8095ffffee4e37a 417 40 20 c0  veth68c\n`;
const valid = `${before}fe80000000000000d8095ffffee4e37a 417 40 20 80  veth68c\n`;

const looks = (...tables: readonly (readonly [number, string])[]) => {
  const isSettled = settling(0);
  return tables.map(([atMs, table]) => isSettled(table, atMs));
};

test('an address that appears, is checked and becomes valid is waited for each time', () => {
  expect(
    looks([0, before], [1_000, before], [1_100, checked], [2_900, checked], [3_000, valid], [4_100, valid]),
  ).not.toContain(true);
});

test('a table that stays the same is settled', () => {
  expect(looks([0, valid], [1_100, valid], [1_300, valid])).toEqual([false, false, true]);
});

test('without IPv6 there is nothing to wait for but the pause', () => {
  expect(looks([0, ''], [1_300, ''])).toEqual([false, true]);
});
