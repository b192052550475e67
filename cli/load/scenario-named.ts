import { UsageError } from '../../core/model/usage-error.ts';
import { createLoadFamily } from '../../load/generator/family.ts';
import type { ScenarioCheck } from '../../load/scenarios/scenario.ts';
import { discoverChecks } from '../discover.ts';
import { asAnyFamily } from '../families.ts';

/** The scenario with that name, e.g. `office-day`. Throws UsageError naming all when there is none. */
export async function scenarioNamed(command: string, name: string | undefined): Promise<ScenarioCheck> {
  const all = await discoverChecks(asAnyFamily(createLoadFamily()));
  const found = all.find(({ meta }) => meta.id === `load.${name}`);
  if (found !== undefined) return found.check as unknown as ScenarioCheck;
  const known = all.map(({ meta }) => meta.id.slice('load.'.length)).join(', ');
  throw new UsageError({
    en: `${command} needs the name of a scenario, got ${name ?? 'none'}; there are: ${known}`,
    de: `${command} braucht den Namen eines Szenarios, nicht ${name ?? 'keinen'}; es gibt: ${known}`,
  });
}
