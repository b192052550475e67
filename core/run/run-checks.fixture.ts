import type { Check } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ContextOptions, FamilyRuntime, OpenContext } from '../model/family-runtime.ts';
import { type CheckOutcome, passed } from '../model/outcome.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { runCheck } from './run-checks.ts';

export type Defect = 'silence';

export const recording: Evidence = { name: 'HTTP-Mitschnitt', mediaType: 'application/json', content: '[]' };

/** A bench with one check whose parts a test replaces; notes what was asked of it. */
export function createBench(parts: {
  readonly run?: (context: ContextOptions<Defect>) => Promise<CheckOutcome>;
  readonly open?: () => Promise<void>;
  readonly evidence?: () => Promise<readonly Evidence[]>;
  readonly dispose?: () => Promise<void>;
}) {
  const notes: string[] = [];
  const clock = createFakeClock();
  const stopRun = new AbortController();
  const controllers: AbortController[] = [];
  const runtime: FamilyRuntime<ContextOptions<Defect>, Defect> = {
    contextFor: async (_check, options): Promise<OpenContext<ContextOptions<Defect>>> => {
      notes.push('opened');
      await parts.open?.();
      return {
        context: options,
        evidence: async () => {
          notes.push(`evidence asked, ${options.signal.aborted ? 'stopped' : 'running'}`);
          return (await parts.evidence?.()) ?? [recording];
        },
        [Symbol.asyncDispose]: async () => {
          notes.push('disposed');
          await parts.dispose?.();
        },
      };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  const check: Check<ContextOptions<Defect>, Defect> = {
    meta: { id: 'policy.a', title: 'Prüfung', requirements: ['SI-01'], needs: [], timeoutMs: 1000 },
    counterexamples: [{ title: 'Schweigen', defect: 'silence', expectFinding: 'silent' }],
    run: parts.run ?? (async () => passed('gesehen')),
  };
  const createAbort = () => {
    const controller = new AbortController();
    controllers.push(controller);
    return { signal: controller.signal, abort: () => controller.abort() };
  };
  const start = (defect?: Defect) =>
    runCheck({
      runtime,
      check,
      seed: '1/policy.a',
      clock,
      signal: stopRun.signal,
      createAbort,
      ...(defect && { defect }),
    });
  return { start, notes, clock, stopRun, aborted: () => controllers.map(({ signal }) => signal.aborted) };
}
