import { expect, test } from 'vitest';
import { systemClock } from './instruments.ts';
import { advertises } from './spec-versions.ts';
import { scriptedSend } from './testing.ts';
import { createTransport } from './transport.ts';

test.each([
  { versions: ['r0.6.1', 'v1.9'], minor: 10, expected: false },
  { versions: ['v1.9', 'v1.11'], minor: 10, expected: true },
  { versions: ['r0.6.1'], minor: 0, expected: false },
])('finds v1.$minor among $versions: $expected', async ({ versions, minor, expected }) => {
  const { send } = scriptedSend({ status: 200, json: { versions } });
  const { signal } = new AbortController();
  const { request } = createTransport({ send, baseUrl: 'https://example.org', clock: systemClock, signal });
  expect(await advertises(request, minor)).toBe(expected);
});
