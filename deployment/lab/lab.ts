import type { Bench } from '../../core/model/bench.ts';
import type { Lab, VariantName } from '../../core/model/lab.ts';
import type { Guard } from '../guard/guard.ts';
import type { Deployment, DeployOptions } from '../provider.ts';
import { startWithFreePorts } from '../providers/free-ports-retry.ts';
import { createLabAuthority } from './lab-authority.ts';
import { startVariant } from './start-variant.ts';
import { type OpenSurroundings, openSurroundings } from './surroundings/open-surroundings.ts';
import { variantPlans } from './variant-plan.ts';

export type OpenLab = Lab & AsyncDisposable;

/** Starts nothing until a variant is asked for. Disposing ends all that were, also those still starting. */
export function createLab(options: DeployOptions, guard: Guard): OpenLab {
  const authority = createLabAuthority(options.scratchDirectory);
  const variants = new Map<VariantName, Promise<Deployment>>();
  let surroundings: Promise<OpenSurroundings> | undefined;
  const started = (name: VariantName): Promise<Deployment> => {
    const there = variants.get(name);
    if (there !== undefined) return there;
    const begun = begin(name);
    variants.set(name, begun);
    // Whoever waited is told; whoever asks next begins anew.
    begun.catch(() => variants.delete(name));
    return begun;
  };
  const begin = async (name: VariantName): Promise<Deployment> => {
    options.progress({
      de: `Die Variante „${name}“ der Referenzinstallation wird gestartet …`,
      en: `Starting the variant "${name}" of the reference deployment …`,
    });
    surroundings ??= openSurroundings(authority);
    const around = await surroundings;
    const { lists } = variantPlans[name];
    const listed = lists === undefined ? undefined : (await started(lists)).bench.target.serverName;
    const start = { name, options, guard, authority, around, ...(listed !== undefined && { listed }) };
    return startWithFreePorts(options.progress, () => startVariant(start));
  };
  return {
    variant: async (name): Promise<Bench> => (await started(name)).bench,
    [Symbol.asyncDispose]: async () => {
      const ended = await Promise.allSettled(variants.values());
      await Promise.all(
        ended.map((one) => (one.status === 'fulfilled' ? one.value[Symbol.asyncDispose]() : undefined)),
      );
      const around = await surroundings?.catch(() => undefined);
      await around?.[Symbol.asyncDispose]();
    },
  };
}
