import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installFolder, isInstalled } from './folder-install.ts';

const newParent = () => mkdtempSync(join(tmpdir(), 'folder-install-'));

test('a folder counts as installed only when all of it was filled in', async () => {
  const folder = join(newParent(), '1.0-abc');
  const failing = installFolder(folder, undefined, async () => {
    writeFileSync(join(folder, 'half'), '');
    throw new Error('no network');
  });
  await expect(failing).rejects.toThrow('no network');
  expect(isInstalled(folder)).toBe(false);
  await installFolder(folder, undefined, async () => writeFileSync(join(folder, 'whole'), ''));
  expect(isInstalled(folder)).toBe(true);
  expect(existsSync(join(folder, 'half'))).toBe(false);
});

test('earlier builds of the same thing go, others stay', async () => {
  const parent = newParent();
  for (const name of ['1.0-old', '2.0-other']) mkdirSync(join(parent, name));
  await installFolder(join(parent, '1.0-new'), '1.0-', async () => {});
  expect(readdirSync(parent).toSorted()).toEqual(['1.0-new', '2.0-other']);
});
