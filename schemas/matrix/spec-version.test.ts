import { describe, expect, it } from 'vitest';
import { isAfter, newestAdvertised, specVersions } from './spec-version.ts';

describe('newestAdvertised', () => {
  it.each([
    [['r0.6.1', 'v1.1', 'v1.11', 'v1.2'], '1.11'],
    [['v1.19', 'v1.20'], '1.19'],
    [['v1.15', 'v2.3', 'org.example.v9'], '1.15'],
    [['r0.0.1', 'r0.6.0'], '1.0'],
    [['v1.99', 'r0.6.0'], '1.0'],
    [['v1.99'], undefined],
    [[], undefined],
    [[1.15, null], undefined],
    [['V1.5', '1.5', 'v1.5 ', 'v1.05'], undefined],
  ])('of %j is %s', (versions, expected) => {
    expect(newestAdvertised({ versions, unstable_features: {} })).toBe(expected);
  });

  it.each([undefined, null, 'v1.1', [], {}, { versions: 'v1.1' }, { versions: { 'v1.1': true } }])(
    'of the body %j is none',
    (body) => {
      expect(newestAdvertised(body)).toBeUndefined();
    },
  );
});

it('knows 19 versions', () => {
  expect([specVersions.length, specVersions[0], specVersions.at(-1)]).toEqual([19, '1.1', '1.19']);
});

it.each([
  ['1.10', '1.9', true],
  ['1.9', '1.10', false],
  ['1.15', '1.15', false],
  ['1.1', '1.0', true],
  ['1.16', undefined, false],
  [undefined, '1.1', false],
] as const)('added in %s is after %s: %s', (added, version, expected) => {
  expect(isAfter(added, version)).toBe(expected);
});
