import type { Family } from '../../core/model/family-runtime.ts';
import type { PolicyContext, PolicyDefect } from './lib/policy-check.ts';
import { openPolicyContext } from './lib/policy-context.ts';

/** The deployment against its promises. */
export const policyFamily: Family<PolicyContext, PolicyDefect> = {
  name: 'policy',
  folder: 'conformance/policy',
  suffix: '.check.ts',
  concurrency: 2,
  open: async (bench) => ({
    contextFor: (_check, options) => openPolicyContext(bench, options),
    [Symbol.asyncDispose]: async () => {},
  }),
};
