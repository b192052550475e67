import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readKnownDeviations } from './deviation-reader.ts';

const entry = `- check: conformance.disc.cors-preflight
  finding: answered
  where: OPTIONS /_matrix/unknown
  issue: https://example.org/issues/1
  reason: Ohne Folgen für Clients, dem Hersteller gemeldet.
  expires: 2027-03-31
`;

function register(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pruefstand-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'deviations.yaml');
  writeFileSync(path, text);
  return path;
}

test('an entry holds up to its last day and not a day longer', async () => {
  const path = register(entry);
  expect([...(await readKnownDeviations(new Date('2027-03-31T23:00:00Z'), path))]).toEqual([
    [
      'conformance.disc.cors-preflight#answered@OPTIONS /_matrix/unknown',
      {
        issue: 'https://example.org/issues/1',
        reason: 'Ohne Folgen für Clients, dem Hersteller gemeldet.',
        until: '2027-03-31',
      },
    ],
  ]);
  expect((await readKnownDeviations(new Date('2027-04-01T00:00:00Z'), path)).size).toBe(0);
});

test('an entry may hold for several checks', async () => {
  const path = register(entry.replace('conformance.disc.cors-preflight', '[conformance.a.a, conformance.a.b]'));
  const known = await readKnownDeviations(new Date('2027-03-01'), path);
  expect([...known.keys()].map((key) => key.split('#')[0])).toEqual(['conformance.a.a', 'conformance.a.b']);
});

test.each(['issue', 'reason', 'expires'])('an entry without %s is refused by name', async (key) => {
  const path = register(entry.replace(new RegExp(`^ +${key}:.*\\n`, 'm'), ''));
  await expect(readKnownDeviations(new Date(), path)).rejects.toThrow(key);
});

test('the shipped register is in order', async () => {
  await expect(readKnownDeviations(new Date('2026-11-23'))).resolves.toBeInstanceOf(Map);
});
