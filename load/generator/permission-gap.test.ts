import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Target } from '../../core/model/target.ts';
import { type LockedTarget, permissionGap } from './permission-gap.ts';

const now = Date.parse('2026-11-23T10:00:00Z');
const granted: Target['permissions'] = {
  mayMutate: true,
  mayStressUsers: 200,
  until: '2026-11-23T12:00:00Z',
  grantedBy: { name: 'Erika Beispiel', role: 'Betrieb', date: '2026-11-01' },
};
const scale = { users: 200, rampS: 15, durationS: 60, drainS: 15, compression: 40, minimumSamples: 1_000 };
const message = { sender: 0, room: 0, sequence: 0, atMs: 0, ciphertextCharacters: 319 };
const schedule = { messages: [Array.from({ length: 120 }, () => message)] };
const remote = (permissions: Partial<Target['permissions']> = {}): LockedTarget => ({
  provider: 'remote',
  homeserverUrl: 'https://messenger.example',
  permissions: { ...granted, ...permissions },
});
const gapOf = (target: LockedTarget) => permissionGap(target, scale, schedule, now);

test('what is allowed may begin', () => {
  expect(gapOf(remote())).toBeUndefined();
  expect(gapOf(remote({ mayStressFrom: '2026-11-23T10:00:00Z', mayStressUntil: '2026-11-23T10:10:00Z' }))).toBe(
    undefined,
  );
});

test.each([
  ['no change allowed', { mayMutate: false }, /nicht verändert/],
  ['no load allowed', { mayStressUsers: 0 }, /bis zu 0 Personen/],
  ['too many people', { mayStressUsers: 199 }, /bis zu 199 Personen, das Szenario braucht 200/],
  ['a limit that is no number', { mayStressUsers: Number.NaN }, /bis zu NaN Personen/],
  ['too many messages', { mayStressMessagesPerSecond: 1 }, /1 Nachrichten je Sekunde.*2\.0/],
  ['a permission that ends meanwhile', { until: '2026-11-23T10:02:00Z' }, /endet am 2026-11-23T10:02/],
  ['a permission without a time', { until: 'bald' }, /endet am bald/],
  ['a window that has not begun', { mayStressFrom: '2026-11-23T10:00:01Z' }, /beginnt erst am 2026-11-23T10:00:01Z/],
  ['a window that ends meanwhile', { mayStressUntil: '2026-11-23T10:03:00Z' }, /Lasttests endet am 2026-11-23T10:03/],
])('%s is told before anything is sent', (_what, permissions, reason) => {
  expect(gapOf(remote(permissions))).toMatch(reason);
});

test.each(['https://messenger.example', 'http://10.0.0.1:8008', 'http://192.168.178.2', 'http://[fd00::1]:8008'])(
  'without a target file nothing goes to %s',
  (homeserverUrl) => {
    for (const provider of ['process', 'container'] as const) {
      expect(gapOf({ ...remote(), provider, homeserverUrl })).toMatch(/ist nicht diese Maschine.*Zieldatei/);
    }
  },
);

test('this machine is free without one, and bound by it where there is one', () => {
  const homeserverUrl = 'https://localhost:8448';
  expect(gapOf({ ...remote(), provider: 'process', homeserverUrl })).toBeUndefined();
  expect(gapOf({ ...remote({ mayStressUsers: 0 }), homeserverUrl })).toMatch(/bis zu 0 Personen/);
});

const seconds = fc.integer({ min: -7_200, max: 7_200 });
const time = seconds.map((offset) => new Date(now + 1_000 * offset).toISOString());
const permissions = fc.record(
  {
    mayMutate: fc.boolean(),
    mayStressUsers: fc.nat(400),
    mayStressMessagesPerSecond: fc.double({ min: 0, max: 4, noNaN: true }),
    mayStressFrom: time,
    mayStressUntil: time,
    until: time,
  },
  { requiredKeys: ['mayMutate', 'mayStressUsers', 'until'] },
);
const targets = fc.record({
  provider: fc.constantFrom('container', 'process', 'remote'),
  homeserverUrl: fc.constantFrom('https://localhost:1', 'http://127.0.0.1', 'https://hs1.example', 'http://10.1.2.3'),
  permissions: permissions.map((given) => ({ ...given, grantedBy: granted.grantedBy })),
});

test('over all permissions, a run begins if and only if every one of them is given', () => {
  const endMs = now + 90_000 + 120_000;
  fc.assert(
    fc.property(targets, (target: LockedTarget) => {
      const given = target.permissions;
      const holds = [
        target.provider === 'remote' || /localhost|127/.test(target.homeserverUrl),
        given.mayMutate,
        given.mayStressUsers >= 200,
        (given.mayStressMessagesPerSecond ?? 2) >= 2,
        Date.parse(given.mayStressFrom ?? '2000-01-01') <= now,
        Date.parse(given.mayStressUntil ?? '2999-01-01') >= endMs,
        Date.parse(given.until) >= endMs,
      ];
      expect(gapOf(target) === undefined).toBe(holds.every(Boolean));
    }),
    { numRuns: 2_000 },
  );
});
