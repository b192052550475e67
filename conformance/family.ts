import type { Family } from '../core/model/family-runtime.ts';
import type { ConformanceContext, ConformanceDefect } from './lib/conformance-check.ts';
import { openConformanceContext } from './lib/conformance-context.ts';
import { asItIs, type Equip } from './lib/instruments.ts';
import { withSpecVersion } from './lib/with-spec-version.ts';

/** No check holds more accounts at once. */
const mostAccounts = 4;

const atOnce = 6;

/** The reference deployment is ours alone, and who waits for what a defect withholds needs nothing of it. */
export const provenAtOnce = 12;

/** So many that none waits for an account another one holds. */
const besideEachOther = (accounts: number, concurrency: number) =>
  Math.min(concurrency, Math.max(1, Math.floor(accounts / mostAccounts)));

/** The API against the specification. */
export function createConformanceFamily(
  equip: Equip,
  concurrency = atOnce,
): Family<ConformanceContext, ConformanceDefect> {
  return {
    name: 'conformance',
    folder: 'conformance/checks',
    suffix: '.check.ts',
    concurrency,
    open: async (bench) => {
      const asked = await withSpecVersion(bench);
      return {
        ...(bench.accounts.size !== undefined && { concurrency: besideEachOther(bench.accounts.size, concurrency) }),
        contextFor: async (check, options) => openConformanceContext(equip(asked, check, options), check, options),
        [Symbol.asyncDispose]: async () => {},
      };
    },
  };
}

export const conformanceFamily = createConformanceFamily(asItIs);
