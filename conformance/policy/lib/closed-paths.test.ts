import { expect, test } from 'vitest';
import { closedPaths } from './closed-paths.ts';

const paths = closedPaths();

test('no address is asked for twice', () => {
  expect(new Set(paths.map(({ path }) => path)).size).toBe(paths.length);
});

test.each(['%2e', '//', ';', '%2f', '..', '%5f', '/_SYNAPSE/'])('some address is spelled with %s', (part) => {
  expect(paths.some(({ path }) => path.includes(part))).toBe(true);
});

test('every address has an invented sibling in the same folder, spelled alike', () => {
  for (const { path, sibling } of paths) {
    expect(sibling).toContain('pruefstand-erfunden');
    expect(sibling).not.toBe(path);
  }
  expect(paths).toContainEqual({
    path: '/_matrix/%2e%2e/_synapse/admin/v2/users',
    sibling: '/_matrix/%2e%2e/_synapse/admin/v2/pruefstand-erfunden',
  });
});
