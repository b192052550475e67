import { expect, test } from 'vitest';
import { compareVersions, isAtLeast, versionIn } from './version.ts';

test.each([
  ['1.26.8', '1.25.0', true],
  ['1.25', '1.25.0', true],
  ['1.9.9', '1.10', false],
  ['24.21.0', '24', true],
  ['20.20.2', '24', false],
])('%s is at least %s: %s', (version, wanted, expected) => {
  expect(isAtLeast(version, wanted)).toBe(expected);
});

test('older sorts before newer, by number and not by letter', () => {
  expect(['15', '9.6', '15.2', '14'].toSorted(compareVersions)).toEqual(['9.6', '14', '15', '15.2']);
});

test.each([
  ['go version go1.26.8 linux/amd64', '1.26.8'],
  ['k6 v1.8.1 (go1.26.8, linux/amd64)', '1.8.1'],
  ['nginx version: nginx/1.22.1', '1.22.1'],
  ['Redis server v=7.0.15 sha=0', '7.0.15'],
  ['Chromium 156.0.8078.79 built on Debian', '156.0.8078.79'],
  ['no version here', undefined],
])('in %j the version is %s', (words, version) => {
  expect(versionIn(words)).toBe(version);
});
