import { expect, test } from 'vitest';
import type { SpecVersion } from '../../schemas/matrix/spec-version.ts';
import { advertises } from './spec-versions.ts';

test.each<{ newest: SpecVersion; version: SpecVersion; expected: boolean }>([
  { newest: '1.9', version: '1.10', expected: false },
  { newest: '1.11', version: '1.10', expected: true },
  { newest: '1.10', version: '1.10', expected: true },
  { newest: '1.0', version: '1.1', expected: false },
])('a target of $newest has what came with $version: $expected', ({ newest, version, expected }) => {
  expect(advertises({ specVersion: newest }, version)).toBe(expected);
});

test('a target that names no version is held to the newest text', () => {
  expect(advertises({}, '1.19')).toBe(true);
});
