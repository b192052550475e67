import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleScenario, maxBundleBytes, scenarioNames } from './bundle-scenario.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bundle-'));
});
afterAll(() => rm(directory, { recursive: true }));

test('scenarios are found by their suffix', () => {
  expect(scenarioNames()).toContain('office-day');
});

test.each(scenarioNames())('the bundle of %s is small and needs nothing but k6', async (name) => {
  const { bytes, file } = await bundleScenario(name, directory);
  const text = await readFile(file, 'utf8');
  expect(bytes).toBe(Buffer.byteLength(text));
  expect(bytes).toBeLessThanOrEqual(maxBundleBytes);
  const imported = [...text.matchAll(/from"([^"]+)"/g)].map(([, specifier]) => specifier);
  expect(imported.length).toBeGreaterThan(0);
  expect(imported.filter((specifier) => !specifier?.startsWith('k6'))).toEqual([]);
});
