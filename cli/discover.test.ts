import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repositoryRoot } from '../setup/places.ts';
import { discoverChecks } from './discover.ts';
import { families } from './families.ts';

const suffix = '.check.mjs';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'discover-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function discoverOne({ id, requirements }: { id: string; requirements: readonly string[] }) {
  const meta = { id, title: 'Es gilt.', requirements, needs: [], timeoutMs: 1 };
  const file = `export const one = { meta: ${JSON.stringify(meta)}, counterexamples: [], run: async () => {} };\n`;
  writeFileSync(join(folder, `one${suffix}`), file);
  const [family] = families;
  if (family === undefined) throw new Error('there is no family');
  return discoverChecks({ ...family, name: 'policy', folder: relative(repositoryRoot, folder), suffix });
}

test('a check with the id of its place and requirements of the catalogue is found', async () => {
  const found = await discoverOne({ id: 'policy.one', requirements: ['SI-01'] });
  expect(found.map(({ meta }) => meta.id)).toEqual(['policy.one']);
});

test('another id than that of its place is refused', async () => {
  await expect(discoverOne({ id: 'policy.two', requirements: ['SI-01'] })).rejects.toThrow(
    'must have the id policy.one',
  );
});

test('a requirement that the catalogue has not is refused by name', async () => {
  const discovery = discoverOne({ id: 'policy.one', requirements: ['SI-01', 'SI-99'] });
  await expect(discovery).rejects.toThrow('policy.one names the requirement SI-99, which the catalogue has not');
});
