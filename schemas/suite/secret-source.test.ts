import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../core/model/usage-error.ts';
import { readSecret } from './secret-source.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pruefstand-secret-'));
  writeFileSync(join(folder, 'password'), 'from file \n');
  writeFileSync(join(folder, 'empty'), '\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const environment = { ALICE_PASSWORD: 'from environment', EMPTY: '' };

describe('readSecret', () => {
  it.each([
    ['plain', 'plain'],
    [{ env: 'ALICE_PASSWORD' }, 'from environment'],
    [{ file: 'password' }, 'from file '],
  ])('reads %j', (source, expected) => {
    expect(readSecret(source, { environment, folder })).toBe(expected);
  });

  it.each([
    [{ env: 'NOBODY' }, 'environment variable NOBODY named in the target file is not set'],
    [{ env: 'EMPTY' }, 'environment variable EMPTY named in the target file is not set'],
    [{ file: 'gone' }, 'gone named in the target file cannot be read (ENOENT)'],
    [{ file: 'empty' }, 'empty named in the target file is empty'],
  ])('says what to do about %j', (source, expected) => {
    const read = () => readSecret(source, { environment, folder });
    expect(read).toThrow(UsageError);
    expect(read).toThrow(expected);
  });
});
