import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTemporaryFolder, mountSmallDisk, smallDiskMissing } from '../testing/folders.ts';
import { sha256 } from './digest.ts';
import { storeEvidence } from './evidence-store.ts';

describe('storeEvidence', () => {
  it('keeps the bytes under their digest', () => {
    using folder = createTemporaryFolder();
    const content = new Uint8Array([0x89, 0x50, 0x00, 0xff]);
    const stored = storeEvidence(folder.path, { name: 'Bild', mediaType: 'image/png', content });
    expect(stored).toEqual({
      name: 'Bild',
      mediaType: 'image/png',
      sha256: sha256(content),
      file: `evidence/${sha256(content)}.png`,
      sizeBytes: 4,
    });
    expect([...readFileSync(join(folder.path, `${sha256(content)}.png`))]).toEqual([...content]);
  });

  it('counts bytes, not characters', () => {
    using folder = createTemporaryFolder();
    expect(storeEvidence(folder.path, { name: 'Text', mediaType: 'text/plain', content: 'äöü€' }).sizeBytes).toBe(9);
  });

  it('keeps the same content once, and does not touch it again', () => {
    using folder = createTemporaryFolder();
    const item = { name: 'Mitschnitt', mediaType: 'application/json', content: '[]' };
    const first = storeEvidence(folder.path, item);
    const path = join(folder.path, `${first.sha256}.json`);
    const { ino, mtimeMs } = statSync(path);
    expect(storeEvidence(folder.path, { ...item, name: 'anderer' })).toEqual({ ...first, name: 'anderer' });
    expect(statSync(path)).toMatchObject({ ino, mtimeMs });
    expect(readdirSync(folder.path)).toEqual([`${first.sha256}.json`]);
  });

  it.each([
    ['text/html', 'txt'],
    ['image/svg+xml', 'txt'],
    ['text/csv', 'csv'],
    ['application/octet-stream', 'bin'],
    ['constructor', 'bin'],
    ['../../etc/passwd', 'bin'],
  ])('keeps %s as .%s, so that opening it runs nothing', (mediaType, extension) => {
    using folder = createTemporaryFolder();
    const stored = storeEvidence(folder.path, { name: 'x', mediaType, content: '<script></script>' });
    expect(stored.file).toBe(`evidence/${stored.sha256}.${extension}`);
  });
});

const missing = smallDiskMissing();

describe.skipIf(missing !== undefined)(
  `storeEvidence on a small disk${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    it('leaves nothing half written when the disk is full, and says so', () => {
      using disk = mountSmallDisk(64);
      const folder = join(disk?.path ?? '', 'evidence');
      mkdirSync(folder);
      const item = { name: 'Mitschnitt', mediaType: 'text/plain', content: 'x'.repeat(100_000) };
      expect(() => storeEvidence(folder, item)).toThrow(/\(ENOSPC\): the disk is full/);
      expect(readdirSync(folder)).toEqual([]);
      storeEvidence(folder, { ...item, content: 'kurz' });
      expect(readdirSync(folder)).toHaveLength(1);
    });
  },
);
