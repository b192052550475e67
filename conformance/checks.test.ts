import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ConformanceCheck } from './lib/conformance-check.ts';

const folder = join(import.meta.dirname, 'checks');
const files = globSync('**/*.check.ts', { cwd: folder }).toSorted();
const checks = await Promise.all(
  files.map(async (file) => {
    const { check }: { readonly check: ConformanceCheck } = await import(join(folder, file));
    return { file, check };
  }),
);

test('there are checks', () => {
  expect(checks.length).toBeGreaterThan(200);
});

describe.each(checks)('$file', ({ check: { meta, counterexamples } }) => {
  test('can be traced to what it stands for and stands on', () => {
    expect(meta.requirements.length).toBeGreaterThan(0);
    expect(meta.spec).toMatch(/^https:\/\/\S+$/);
    expect(meta.title).toMatch(/^[A-ZÄÖÜ„]/);
  });

  test('names different defects it must notice', () => {
    const titles = counterexamples.map(({ title }) => title);
    expect(titles.length).toBeGreaterThan(0);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
