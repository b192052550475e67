import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { fingerprintOf } from '../core/model/finding.ts';
import { UsageError } from '../core/model/usage-error.ts';
import type { DeviationRegister } from '../core/run/known-deviations.ts';
import deviationsSchema from './suite/deviations.schema.json' with { type: 'json' };
import { createValidator } from './validator.ts';
import { parseYaml } from './yaml-file.ts';

interface Entry {
  readonly check: string;
  readonly finding: string;
  readonly where: string;
  readonly issue: string;
  readonly reason: string;
  /** ISO date. */
  readonly expires: string;
}

const shippedRegister = fileURLToPath(new URL('../conformance/deviations.yaml', import.meta.url));

const problemsOf = createValidator(deviationsSchema);

/** The entries that still hold on that day. Throws UsageError when the register is not in order. */
export async function readKnownDeviations(today: Date, path: string = shippedRegister): Promise<DeviationRegister> {
  const data = parseYaml(path, await readFile(path, 'utf8')) ?? [];
  const [problem] = problemsOf(data);
  if (problem !== undefined) {
    throw new UsageError({
      de: `${path}: ${problem}; bitte den Eintrag berichtigen.`,
      en: `${path}: ${problem}; correct this entry.`,
    });
  }
  const day = today.toISOString().slice(0, 10);
  // The schema was checked above.
  const entries = (data as readonly Entry[]).filter(({ expires }) => expires >= day);
  return new Map(
    entries.map(({ check, finding, where, issue, reason, expires }) => [
      fingerprintOf(check, { code: finding, title: '', expected: '', observed: '', where }),
      { issue, reason, until: expires },
    ]),
  );
}
