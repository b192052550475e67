import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolderForOthers } from './temporary-folder.ts';

function folder(mode: number): string {
  const path = mkdtempSync('/tmp/pruefstand-test-');
  onTestFinished(() => rmSync(path, { recursive: true }));
  mkdirSync(join(path, 'within'));
  chmodSync(path, mode);
  return join(path, 'within');
}

test('a folder that all may enter is taken as it is', async () => {
  const open = folder(0o755);
  expect(await temporaryFolderForOthers(open, ['/tmp'])).toBe(open);
});

test('below a private folder lies nothing for others', async () => {
  expect(await temporaryFolderForOthers(folder(0o700), ['/nowhere', '/tmp'])).toBe('/tmp');
});

test('where none is open the first is named', async () => {
  const closed = folder(0o700);
  expect(await temporaryFolderForOthers(closed, ['/nowhere'])).toBe(closed);
});
