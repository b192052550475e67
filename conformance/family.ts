import type { Family } from '../core/model/family-runtime.ts';
import { conclude } from './lib/conclude.ts';
import type { ConformanceContext } from './lib/conformance-check.ts';
import type { HttpDefect } from './lib/defect.ts';
import { createToolkit } from './lib/toolkit.ts';

/** The API against the specification. */
export const conformanceFamily: Family<ConformanceContext, HttpDefect> = {
  name: 'conformance',
  folder: 'conformance/checks',
  suffix: '.check.ts',
  concurrency: 4,
  open: async (bench) => ({
    contextFor: async (_check, options) => {
      const { tools, transport, evidence } = createToolkit(bench, options);
      return {
        context: {
          conclude: (body) =>
            conclude(
              () => body(tools),
              () => ({
                findings: transport.ledger.findings,
                looked: transport.ledger.validated > 0,
                nothing: 'Keine Antwort konnte mit einem Schema der Spezifikation verglichen werden.',
              }),
            ),
        },
        evidence,
        [Symbol.asyncDispose]: async () => {},
      };
    },
    [Symbol.asyncDispose]: async () => {},
  }),
};
