import { expect, test } from 'vitest';
import { systemClock } from '../../core/system-clock.ts';
import { roomVersions } from './room-versions.ts';
import { scriptedSend } from './testing.ts';
import { createTransport } from './transport.ts';

const session = { userId: '@a:example.org', deviceId: 'D', accessToken: 't' };

test('orders the stable room versions by their numbers and names the default', async () => {
  const available = { '10': 'stable', '9': 'stable', 'org.example': 'unstable', '1': 'stable' };
  const { send } = scriptedSend({
    status: 200,
    json: { capabilities: { 'm.room_versions': { default: '10', available } } },
  });
  const { signal } = new AbortController();
  const { request } = createTransport({ send, baseUrl: 'https://example.org', clock: systemClock, signal });
  expect(await roomVersions(request, session)).toEqual({ standard: '10', offered: ['1', '9', '10'] });
});
