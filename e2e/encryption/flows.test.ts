import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EncryptionFlow } from './context.ts';

const files = globSync('*/*.flow.ts', { cwd: import.meta.dirname }).toSorted();

test.each(files)('%s names the rule it stands on, a proposal by its number', async (file) => {
  const [flow] = Object.values((await import(join(import.meta.dirname, file))) as Record<string, EncryptionFlow>);
  const { standing, spec } = flow?.meta ?? expect.fail('no flow');
  if (standing === 'normative') expect(spec).toBeDefined();
  if (standing === 'proposed') expect(spec).toMatch(/MSC\d{4}|matrix-spec-proposals\/pull\/\d{4}/);
});
