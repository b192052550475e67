import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentHash } from './content-hash.mjs';

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'content-hash-'));
  mkdirSync(join(folder, 'src'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test('equal content has the equal hash wherever it lies and in whatever order it is named', () => {
  const files = { 'a.txt': 'one', 'src/b.txt': 'two' };
  expect(contentHash(folderWith(files), ['a.txt', 'src'])).toBe(contentHash(folderWith(files), ['src', 'a.txt']));
});

test('a changed letter and a changed name both change the hash', () => {
  const folder = folderWith({ 'src/b.txt': 'two' });
  const before = contentHash(folder, ['src']);
  writeFileSync(join(folder, 'src', 'b.txt'), 'twO');
  const changed = contentHash(folder, ['src']);
  renameSync(join(folder, 'src', 'b.txt'), join(folder, 'src', 'c.txt'));
  expect(new Set([before, changed, contentHash(folder, ['src'])]).size).toBe(3);
});
