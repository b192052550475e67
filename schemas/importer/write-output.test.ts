import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeOutput } from './write-output.ts';

const folder = mkdtempSync(join(tmpdir(), 'pruefstand-output-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('removes JSON files of an earlier import and leaves other files alone', () => {
  writeFileSync(join(folder, 'NOTICE'), 'x');
  writeOutput(
    folder,
    new Map([
      ['old.json', '1'],
      ['api/kept.json', '2'],
    ]),
  );
  expect(writeOutput(folder, new Map([['api/kept.json', '3']]))).toEqual(['old.json']);
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['NOTICE', 'api', join('api', 'kept.json')]);
});
