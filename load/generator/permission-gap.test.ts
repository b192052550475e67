import { expect, test } from 'vitest';
import { permissionGap } from './permission-gap.ts';

const now = Date.parse('2026-11-23T10:00:00Z');
const granted = {
  mayMutate: true,
  mayStressUsers: 200,
  until: '2026-11-23T12:00:00Z',
  grantedBy: { name: 'Erika Beispiel', role: 'Betrieb', date: '2026-11-01' },
};
const scale = { users: 200, rampS: 15, durationS: 60, drainS: 15, compression: 40, minimumSamples: 1_000 };
const message = { sender: 0, room: 0, sequence: 0, atMs: 0, ciphertextCharacters: 319 };
const schedule = { messages: [Array.from({ length: 120 }, () => message)] };

test('what is allowed may begin', () => {
  expect(permissionGap(granted, scale, schedule, now)).toBeUndefined();
});

test.each([
  ['no change allowed', { ...granted, mayMutate: false }, /nicht verändert/],
  ['too many people', { ...granted, mayStressUsers: 199 }, /bis zu 199 Personen, das Szenario braucht 200/],
  ['too many messages', { ...granted, mayStressMessagesPerSecond: 1 }, /1 Nachrichten je Sekunde.*2\.0/],
  ['a permission that ends meanwhile', { ...granted, until: '2026-11-23T10:02:00Z' }, /endet am 2026-11-23T10:02/],
])('%s is told before anything is sent', (_what, permissions, reason) => {
  expect(permissionGap(permissions, scale, schedule, now)).toMatch(reason);
});
