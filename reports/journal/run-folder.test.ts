import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunFolder, removeUnusedRunFolder } from './run-folder.ts';

let runs: string;

beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), 'run-folder-'));
});

afterEach(() => rmSync(runs, { recursive: true }));

test('a run folder is made with all folders above it, and once more where it is there', () => {
  const root = join(runs, 'a', 'b', 'run');
  createRunFolder(root);
  createRunFolder(root);
  expect(readdirSync(root).toSorted()).toEqual(['evidence', 'report']);
});

test('without a journal the folder goes', () => {
  removeUnusedRunFolder(createRunFolder(join(runs, 'run')));
  expect(readdirSync(runs)).toEqual([]);
});

test('with a journal everything stays', () => {
  const folder = createRunFolder(join(runs, 'run'));
  writeFileSync(folder.journal, '');
  removeUnusedRunFolder(folder);
  expect(existsSync(folder.evidence)).toBe(true);
});

test('what a run wrote down for cleaning up stays without a journal', () => {
  const folder = createRunFolder(join(runs, 'run'));
  writeFileSync(join(folder.root, 'created.ndjson'), '{}');
  removeUnusedRunFolder(folder);
  expect(readdirSync(folder.root)).toEqual(['created.ndjson']);
});
