import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../requirements/catalogue.ts';
import type { JournalEvent, PlannedCheck } from '../model/journal-entry.ts';
import type { Outcome } from '../model/outcome.ts';
import {
  automaticRequirement,
  checkFinished,
  exampleOutcomes,
  manualRequirement,
  partlyRequirement,
  plannedCheck,
  planWritten,
  requirementId,
} from '../testing/examples.ts';
import { exitCodeOf } from './exit-code.ts';
import { judge } from './judge.ts';
import type { Verdict, VerdictKind } from './verdict.ts';

const ids = [1, 2, 3, 4].map((number) => requirementId('SI', number));
const checkIds = ['a', 'b', 'c', 'd', 'e'];
const outcome: fc.Arbitrary<Outcome> = fc.constantFrom(...Object.values(exampleOutcomes));

const requirements: fc.Arbitrary<readonly Requirement[]> = fc
  .array(fc.nat(3), { minLength: ids.length, maxLength: ids.length })
  .map((forms) =>
    ids.map((id, index) => {
      const make = [automaticRequirement, partlyRequirement, manualRequirement][forms[index] ?? 0];
      return make ? make(id) : automaticRequirement(id, ['Ein offener Teil.']);
    }),
  );

const plan: fc.Arbitrary<readonly PlannedCheck[]> = fc
  .array(
    fc.record({
      requirements: fc.subarray(ids, { minLength: 1 }),
      decided: fc.constantFrom(undefined, exampleOutcomes.notApplicable, exampleOutcomes.inconclusive),
    }),
    { maxLength: checkIds.length },
  )
  .map((list) =>
    list.map((entry, index) =>
      plannedCheck(checkIds[index] ?? '', entry.requirements, entry.decided && { decided: entry.decided }),
    ),
  );

const finish = fc.record({ check: fc.constantFrom(...checkIds), outcome });

interface Run {
  readonly requirements: readonly Requirement[];
  readonly plan: readonly PlannedCheck[];
  readonly finished: readonly JournalEvent[];
}

const runs: fc.Arbitrary<Run> = fc.record({
  requirements,
  plan,
  finished: fc
    .array(finish, { maxLength: 8 })
    .map((list) => list.map((entry) => checkFinished(entry.check, entry.outcome))),
});

const judged = (run: Run) => judge(run.requirements, [planWritten(...run.plan), ...run.finished]);

const rank: Record<VerdictKind, number> = { violated: 0, notAssessed: 1, notApplicable: 2, accepted: 2, met: 3 };

function expectNoBetter(after: readonly Verdict[], before: readonly Verdict[]): void {
  for (const [index, verdict] of after.entries()) {
    expect(rank[verdict.kind]).toBeLessThanOrEqual(rank[before[index]?.kind ?? 'violated']);
  }
}

const insertAt = <T>(list: readonly T[], position: number, item: T): readonly T[] =>
  list.toSpliced(position % (list.length + 1), 0, item);

describe('every verdict', () => {
  it('gets no better by another failed outcome, wherever it comes', () => {
    fc.assert(
      fc.property(runs, fc.constantFrom(...checkIds), fc.nat(8), (run, check, position) => {
        const worse = insertAt(run.finished, position, checkFinished(check, exampleOutcomes.failed));
        expectNoBetter(judged({ ...run, finished: worse }), judged(run));
      }),
      { numRuns: 1000 },
    );
  });

  it('gets no better when a passed outcome is taken away', () => {
    fc.assert(
      fc.property(runs, fc.constantFrom(...checkIds), fc.nat(8), (run, check, position) => {
        const more = insertAt(run.finished, position, checkFinished(check, exampleOutcomes.passed));
        expectNoBetter(judged(run), judged({ ...run, finished: more }));
      }),
      { numRuns: 1000 },
    );
  });

  it('gets no better by planning a check that never runs', () => {
    fc.assert(
      fc.property(runs, fc.subarray(ids, { minLength: 1 }), (run, spokenTo) => {
        const longer = [...run.plan, plannedCheck('never', spokenTo)];
        expectNoBetter(judged({ ...run, plan: longer }), judged(run));
      }),
      { numRuns: 1000 },
    );
  });

  it('is violated exactly when a planned check that speaks to it failed, never by a broken bench', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const failed = run.finished.flatMap((event) =>
          event.type === 'checkFinished' && event.outcome.kind === 'failed' ? [event.check] : [],
        );
        for (const verdict of judged(run)) {
          const speaking = run.plan.filter((check) => check.requirements.includes(verdict.requirement));
          expect(verdict.kind === 'violated').toBe(speaking.some(({ id }) => failed.includes(id)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is met only when a check passed, none is open, and nothing is left to check or to a human', () => {
    fc.assert(
      fc.property(runs, (run) => {
        for (const [index, verdict] of judged(run).entries()) {
          const requirement = run.requirements[index];
          const endings = new Set(verdict.checks.map((check) => check.outcome));
          const settled = [...endings].every((ending) => ending === 'passed' || ending === 'notApplicable');
          const complete = requirement?.verification === 'automatic' && requirement.open.length === 0;
          expect(verdict.kind === 'met').toBe(complete && settled && endings.has('passed'));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order in which checks ended', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const kinds = (finished: Run['finished']) => judged({ ...run, finished }).map(({ kind }) => kind);
        expect(kinds(run.finished.toReversed())).toEqual(kinds(run.finished));
      }),
    );
  });

  it('gives a reason unless it is met', () => {
    fc.assert(
      fc.property(runs, (run) => {
        for (const verdict of judged(run)) if (verdict.kind !== 'met') expect(verdict.reasons).not.toEqual([]);
      }),
    );
  });
});

describe('exitCodeOf', () => {
  const verdicts = (...kinds: readonly VerdictKind[]): readonly Verdict[] =>
    kinds.map((kind) => ({ requirement: 'SI-01', kind, reasons: [], checks: [], findings: [] }));

  it.each([
    [['met', 'accepted', 'notApplicable'], true, 0],
    [['met', 'notAssessed'], true, 3],
    [['violated', 'notAssessed'], true, 1],
    [['met'], false, 3],
    [['violated'], false, 1],
    [[], true, 3],
  ] as const)('is for %j in a run that is sound (%s): %i', (kinds, sound, code) => {
    expect(exitCodeOf(verdicts(...kinds), { sound })).toBe(code);
  });
});
