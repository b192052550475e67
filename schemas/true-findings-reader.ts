import { fileURLToPath } from 'node:url';
import type { TrueFindings } from '../core/run/control-end.ts';
import { readData } from './suite/read-data.ts';
import trueFindingsSchema from './suite/true-findings.schema.json' with { type: 'json' };

interface Entry {
  readonly reason: string;
  readonly findings: Readonly<Record<string, readonly string[]>>;
}

const shippedList = fileURLToPath(new URL('../deployment/reference/true-findings.yaml', import.meta.url));

/** What checks rightly find in the untouched reference deployment. Throws UsageError when the list is not in order. */
export async function readTrueFindings(path: string = shippedList): Promise<TrueFindings> {
  const entries = await readData<readonly Entry[]>(path, trueFindingsSchema);
  const pairs = entries.flatMap(({ findings }) => Object.entries(findings));
  return new Map(
    [...Map.groupBy(pairs, ([check]) => check)].map(([check, of]) => [check, of.flatMap(([, found]) => found)]),
  );
}
