import { expect, test } from 'vitest';
import { settingsOf } from './variants.ts';

const names = ['open', 'limited', 'federated', 'partner'] as const;

test.each(names)('%s sets nothing twice and gives a reason for all', (name) => {
  const settings = settingsOf(name);
  const keys = settings.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(settings.every(({ reason }) => reason !== '')).toBe(true);
});

test('the two homeservers that federate have the same rules', () => {
  expect(settingsOf('partner')).toEqual(settingsOf('federated'));
});

test('only loopback is opened to the open variant', () => {
  const opened = settingsOf('open').filter(({ key }) => key.endsWith('ip_range_whitelist'));
  expect(opened.map(({ value }) => value)).toEqual([['127.0.0.1/32'], ['127.0.0.1/32']]);
});
