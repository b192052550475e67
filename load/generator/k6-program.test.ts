import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { k6Version, requireK6 } from './k6-program.ts';

const folder = await mkdtemp(join(tmpdir(), 'pruefstand-k6-'));
afterAll(() => rm(folder, { recursive: true }));

async function programSaying(text: string): Promise<string> {
  const path = join(folder, `k6-${text.length}`);
  await writeFile(path, `#!/bin/sh\necho '${text}'\n`);
  await chmod(path, 0o755);
  return path;
}

test('the version that is asked for is the one the set-up builds', () => {
  expect(readFileSync(new URL('../../setup/k6/go.mod', import.meta.url), 'utf8')).toContain(
    `go.k6.io/k6 v${k6Version}`,
  );
});

test('the right k6 is taken', async () => {
  const path = await programSaying(`k6 v${k6Version} (go1.26.8, linux/amd64)`);
  expect(await requireK6(path)).toBe(path);
});

test('another version is told before anything starts, with what to do', async () => {
  const path = await programSaying('k6 v2.3.0 (commit/abc, go1.27.1, linux/amd64)');
  const message = `${path} is k6 2.3.0, ${k6Version} is what was tried; \`npx pruefstand doctor\` tells how to get it.`;
  await expect(requireK6(path)).rejects.toMatchObject({ code: 'toolFailed', message });
});

test('a k6 that is not there or no program is told', async () => {
  await expect(requireK6(undefined)).rejects.toMatchObject({ code: 'toolMissing' });
  await expect(requireK6('/nowhere/k6')).rejects.toMatchObject({ code: 'toolFailed' });
});
