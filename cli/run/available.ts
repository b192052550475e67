import type { Bench } from '../../core/model/bench.ts';
import type { Capability } from '../../core/model/capability.ts';

/** What target, machine and permissions together offer to checks. */
export function availableCapabilities({
  target,
  tools,
  database,
  mediaStore,
  serverLog,
  lab,
}: Bench): ReadonlySet<Capability> {
  const available = new Set<Capability>(target.capabilities);
  if (tools.chromium !== undefined) available.add('chromium');
  if (tools.hydrogen !== undefined) available.add('hydrogen');
  if (tools.k6 !== undefined) available.add('k6');
  if (database !== undefined) available.add('database');
  if (mediaStore !== undefined) available.add('mediaStore');
  if (serverLog !== undefined) available.add('serverLog');
  if (lab !== undefined) available.add('lab');
  if (target.permissions.mayMutate) available.add('mayMutate');
  if (target.permissions.mayStressUsers > 0) available.add('mayStress');
  return available;
}
