import type { Family } from '../core/model/family-runtime.ts';
import type { ConformanceContext } from './lib/conformance-check.ts';
import { openConformanceContext } from './lib/conformance-context.ts';
import type { HttpDefect } from './lib/defect.ts';

/** The API against the specification. */
export const conformanceFamily: Family<ConformanceContext, HttpDefect> = {
  name: 'conformance',
  folder: 'conformance/checks',
  suffix: '.check.ts',
  concurrency: 4,
  open: async (bench) => ({
    contextFor: async (check, options) => openConformanceContext(bench, check, options),
    [Symbol.asyncDispose]: async () => {},
  }),
};
