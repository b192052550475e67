import { expect, test } from 'vitest';
import type { Check } from '../model/check.ts';
import type { FamilyRuntime } from '../model/family-runtime.ts';
import { outcomeOf } from '../model/outcome.ts';
import { exampleFinding } from '../testing/examples.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { proveChecks } from './prove-checks.ts';

/** The context is what the target answers; a defect replaces it. */
const runtime: FamilyRuntime<string, string> = {
  contextFor: async (_check, { defect }) => ({
    context: defect ?? 'good',
    evidence: async () => [],
    [Symbol.asyncDispose]: async () => {},
  }),
  [Symbol.asyncDispose]: async () => {},
};

function checkThatFinds(id: string, codesFor: (answer: string) => readonly string[]): Check<string, string> {
  return {
    meta: { id, title: id, requirements: ['KO-05'], needs: [], timeoutMs: 1000 },
    counterexamples: [{ title: 'bad answer', defect: 'bad', expectFinding: 'wrong' }],
    run: async (answer) =>
      outcomeOf(
        codesFor(answer).map((code) => ({ ...exampleFinding, code })),
        'good',
      ),
  };
}

const prove = (...checks: Check<string, string>[]) =>
  proveChecks({
    runtime,
    checks,
    concurrency: 2,
    seed: 'test',
    clock: createFakeClock(),
    signal: new AbortController().signal,
    createAbort: () => {
      const controller = new AbortController();
      return { signal: controller.signal, abort: () => controller.abort() };
    },
  });

test('a defect is red when its finding comes and the control is clean', async () => {
  const [proof] = await prove(checkThatFinds('a', (answer) => (answer === 'bad' ? ['wrong'] : [])));
  expect(proof?.control.outcome.kind).toBe('passed');
  expect(proof?.counterexamples).toMatchObject([{ title: 'bad answer', expectFinding: 'wrong', red: true }]);
});

test.each([
  ['another finding came', (answer: string) => (answer === 'bad' ? ['schema-violation'] : [])],
  ['nothing was found', () => []],
  ['the control shows the same finding', () => ['wrong']],
])('a defect is not red when %s', async (_reason, codesFor) => {
  const [proof] = await prove(checkThatFinds('a', codesFor));
  expect(proof?.counterexamples.map(({ red }) => red)).toEqual([false]);
});

test('proofs keep the order of the checks', async () => {
  const clean = () => [];
  const proofs = await prove(checkThatFinds('b', clean), checkThatFinds('a', clean), checkThatFinds('c', clean));
  expect(proofs.map(({ check }) => check)).toEqual(['b', 'a', 'c']);
});

test('a check that keeps the target busy runs after the others, alone with each of its defects', async () => {
  const running = new Set<string>();
  const seen: string[] = [];
  const watched = (id: string, alone: boolean): Check<string, string> => {
    const { meta, counterexamples } = checkThatFinds(id, () => []);
    return {
      meta: { ...meta, ...(alone && { alone: true }) },
      counterexamples: [...counterexamples, ...counterexamples] as const,
      run: async () => {
        running.add(id);
        seen.push([...running].toSorted().join('+'));
        await Promise.resolve();
        running.delete(id);
        return outcomeOf([], 'good');
      },
    };
  };
  await prove(watched('busy', true), watched('a', false), watched('b', false));
  expect(seen.slice(-3)).toEqual(['busy', 'busy', 'busy']);
  expect(seen.slice(0, -3).some((names) => names.includes('busy'))).toBe(false);
});
