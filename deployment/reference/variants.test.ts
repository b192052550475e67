import { expect, test } from 'vitest';
import { settingsOf } from './variants.ts';

const names = ['open', 'limited', 'federated', 'partner', 'selective', 'intermittent'] as const;

test.each(names)('%s sets nothing twice and gives a reason for all', (name) => {
  const settings = settingsOf(name);
  const keys = settings.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(settings.every(({ reason }) => reason !== '')).toBe(true);
});

test('the homeservers that federate have the same rules but for the directory and the list of others', () => {
  const own = ['allow_public_rooms_over_federation', 'federation_domain_whitelist'];
  const rulesOf = (name: (typeof names)[number]) => settingsOf(name).filter(({ key }) => !own.includes(key));
  expect(rulesOf('partner')).toEqual(rulesOf('federated'));
  expect(rulesOf('selective')).toEqual(rulesOf('federated'));
  expect(rulesOf('intermittent')).toEqual(rulesOf('federated'));
});

test('the selective homeserver lists nobody by itself', () => {
  expect(settingsOf('selective').some(({ key }) => key === 'federation_domain_whitelist')).toBe(false);
});

test('only loopback is opened to the open variant', () => {
  const opened = settingsOf('open').filter(({ key }) => key.endsWith('ip_range_whitelist'));
  expect(opened.map(({ value }) => value)).toEqual([['127.0.0.1/32'], ['127.0.0.1/32']]);
});
