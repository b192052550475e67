import { expect, test } from 'vitest';
import { climbsOut, hostileMessages } from './hostile-content.ts';

const attacker = { origin: 'https://fremd.example', functionName: 'lief', path: 'pfad-' };

test('every message tries something else and names its own number', () => {
  const messages = hostileMessages(attacker);
  expect(new Set(messages.map(({ what }) => what)).size).toBe(messages.length);
  for (const [number, { content }] of messages.entries())
    expect(JSON.stringify(content)).toMatch(new RegExp(`(lief\\(|fremd\\.example/|pfad-|raum)${number}\\b`));
});

test.each([
  ['out of the media', 'https://hs1.example/_matrix/media/v3/download/a/../../../../client/v3/pfad-7', true],
  ['further up', 'https://hs1.example/_matrix/media/v3/download/a/../../../../../pfad-7', true],
  ['within the media', 'https://hs1.example/_matrix/client/v1/media/download/a/pfad-7', false],
  ['somewhere else', 'https://hs1.example/_matrix/client/v3/sync', false],
])('an address that leads %s', (_title, url, isOut) => {
  expect(climbsOut(url, attacker)).toBe(isOut);
});
