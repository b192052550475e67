import { fileURLToPath } from 'node:url';
import { fingerprintOf } from '../core/model/finding.ts';
import type { DeviationRegister } from '../core/run/known-deviations.ts';
import deviationsSchema from './suite/deviations.schema.json' with { type: 'json' };
import { readData } from './suite/read-data.ts';

interface Entry {
  readonly check: string | readonly string[];
  readonly finding: string;
  readonly where: string;
  readonly issue: string;
  readonly reason: string;
  /** ISO date. */
  readonly expires: string;
}

const shippedRegister = fileURLToPath(new URL('../conformance/deviations.yaml', import.meta.url));

/** The entries that still hold on that day. Throws UsageError when the register is not in order. */
export async function readKnownDeviations(today: Date, path: string = shippedRegister): Promise<DeviationRegister> {
  const register = await readData<readonly Entry[]>(path, deviationsSchema);
  const day = today.toISOString().slice(0, 10);
  const entries = register.filter(({ expires }) => expires >= day);
  return new Map(
    entries.flatMap(({ check, finding, where, issue, reason, expires }) =>
      [check]
        .flat()
        .map((id) => [
          fingerprintOf(id, { code: finding, title: '', expected: '', observed: '', where }),
          { issue, reason, until: expires },
        ]),
    ),
  );
}
