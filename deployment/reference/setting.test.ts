import { expect, test } from 'vitest';
import { nested } from './setting.ts';
import { synapseSettings } from './synapse-settings.ts';

test('dotted keys become nested ones', () => {
  const settings = [
    { key: 'push.include_content', value: false },
    { key: 'rc_login.address.burst_count', value: 3 },
    { key: 'rc_login.account.burst_count', value: 1800 },
  ];
  expect(nested(settings)).toEqual({
    push: { include_content: false },
    rc_login: { address: { burst_count: 3 }, account: { burst_count: 1800 } },
  });
});

test('every setting is named once and has a source', () => {
  const keys = synapseSettings.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { key, source } of synapseSettings) expect([key, source.length > 10]).toEqual([key, true]);
});
