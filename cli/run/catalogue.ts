import { type DiscoveredCheck, discoverChecks } from '../discover.ts';
import { type AnyFamily, families } from '../families.ts';

export interface FamilyChecks {
  readonly family: AnyFamily;
  readonly checks: readonly DiscoveredCheck[];
}

/** Every check of every family, in the order in which families run. */
export function discoverAll(): Promise<readonly FamilyChecks[]> {
  return Promise.all(families.map(async (family) => ({ family, checks: await discoverChecks(family) })));
}
