import { type DiscoveredCheck, discoverChecks } from '../discover.ts';
import { type AnyFamily, families } from '../families.ts';

export interface FamilyChecks {
  readonly family: AnyFamily;
  readonly checks: readonly DiscoveredCheck[];
}

/** Every check of every family, in the order in which families run. */
export function discoverAll(of: readonly AnyFamily[] = families): Promise<readonly FamilyChecks[]> {
  return Promise.all(of.map(async (family) => ({ family, checks: await discoverChecks(family) })));
}
