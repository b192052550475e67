import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EncryptionFlow } from './context.ts';
import { safeguards } from './defects/safeguards.ts';

const files = globSync('*/*.flow.ts', { cwd: import.meta.dirname }).toSorted();

const flowIn = async (file: string): Promise<EncryptionFlow> => {
  const [flow] = Object.values((await import(join(import.meta.dirname, file))) as Record<string, EncryptionFlow>);
  return flow ?? expect.fail('no flow');
};

test('for every safeguard some flow catches a device that skips it', async () => {
  const flows = await Promise.all(files.map(flowIn));
  const skipped = flows.flatMap(({ counterexamples }) =>
    counterexamples.flatMap(({ defect }) => (typeof defect === 'object' ? [defect.skips] : [])),
  );
  expect(Object.keys(safeguards).filter((name) => !skipped.some((skip) => skip === name))).toEqual([]);
});

test.each(files)('%s names the rule it stands on, a proposal by its number', async (file) => {
  const { standing, spec } = (await flowIn(file)).meta;
  if (standing === 'normative') expect(spec).toBeDefined();
  if (standing === 'proposed') expect(spec).toMatch(/MSC\d{4}|matrix-spec-proposals\/pull\/\d{4}/);
});
