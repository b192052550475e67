import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../places.ts';
import { isSupported } from './find-python.ts';
import { defaultSynapse, isPinned, synapseFolder, synapsePins } from './synapse.ts';

const lock = readFileSync(join(repositoryRoot, synapsePins(defaultSynapse)), 'utf8');

test('every package of the default Synapse is pinned by version and hash', () => {
  const packages = lock.split(/\n(?=\S)/).filter((entry) => !entry.startsWith('#'));
  expect(packages.length).toBeGreaterThan(50);
  expect(
    packages.filter((entry) => !/^[\w.-]+==\S+.*(\n {4}--hash=sha256:[0-9a-f]{64}( \\)?)+\s*$/.test(entry)),
  ).toEqual([]);
});

test('the lock holds the default Synapse and what it needs for PostgreSQL, Redis, sign-on and previews', () => {
  for (const name of [
    `matrix-synapse==${defaultSynapse}`,
    'authlib==',
    'beautifulsoup4==',
    'psycopg2-binary==',
    'txredisapi==',
    'hiredis==',
  ]) {
    expect(lock).toContain(`\n${name}`);
  }
});

test('a Synapse without a lock has a folder that says so', () => {
  expect(isPinned('0.0.1')).toBe(false);
  expect(synapseFolder('0.0.1')).toMatch(/0\.0\.1-unpinned$/);
});

test.each([
  ['3.10.13', false],
  ['3.11.2', true],
  ['3.14.0', true],
  ['3.15.0', false],
])('Python %s is supported: %s', (version, expected) => {
  expect(isSupported(version)).toBe(expected);
});
