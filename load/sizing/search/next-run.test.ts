import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goodRun, slowRun } from '../measured-run.fixture.ts';
import type { MeasuredRun } from '../measured-run.ts';
import { defaultKneeLevels } from './knee-levels.ts';
import { nextRun, type SearchPlan } from './next-run.ts';
import { bracketOf, stepStates } from './step-state.ts';

const plan: SearchPlan = {
  startUsers: 50,
  maxUsers: 10_000,
  climbFactor: 2,
  maxSteps: 12,
  precision: 0.05,
  runs: 1,
  seed: 'seed',
  levels: defaultKneeLevels,
};

/** Measures a deployment that carries `capacity` people until nothing is left to measure. */
function play(
  search: SearchPlan,
  capacity: number,
  measure = (users: number) => (users <= capacity ? goodRun(users) : slowRun(users)),
) {
  const runs: MeasuredRun[] = [];
  for (let next = nextRun(search, runs); next !== undefined; next = nextRun(search, runs)) {
    runs.push({ ...measure(next.users), purpose: next.purpose, seed: next.seed });
    if (runs.length > 500) throw new Error('the search does not end');
  }
  return runs;
}

const stepsOf = (runs: readonly MeasuredRun[]) =>
  runs.filter(({ purpose }) => purpose === 'step').map(({ users }) => users);

test('climbs, overshoots and halves the rest until the knee is known to five percent', () => {
  expect(stepsOf(play(plan, 330))).toEqual([50, 100, 200, 400, 300, 350, 325, 338]);
});

test('the knee of any deployment is enclosed, and the search ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 9_000 }), (capacity) => {
      const runs = play({ ...plan, maxSteps: 30 }, capacity);
      const { held, broken } = bracketOf(stepStates(runs, plan.levels));
      expect(held?.users ?? 0).toBeLessThanOrEqual(capacity);
      expect(broken?.users).toBeGreaterThan(capacity);
      expect((broken?.users ?? 0) - (held?.users ?? 0)).toBeLessThanOrEqual(Math.max(1, 0.05 * (broken?.users ?? 0)));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('nobody measures more steps than planned', () => {
  expect(new Set(stepsOf(play({ ...plan, maxSteps: 4 }, 330))).size).toBe(4);
});

test('a deployment that carries all it may be given is not searched further', () => {
  expect(stepsOf(play({ ...plan, maxUsers: 150 }, 10_000))).toEqual([50, 100, 150]);
});

test('given steps are measured as they are, with one run at rest, each as often as wanted', () => {
  const runs = play({ ...plan, steps: [60, 20, 40], runs: 3 }, 50);
  expect(stepsOf(runs).slice(0, 3)).toEqual([20, 40, 60]);
  expect(stepsOf(runs).toSorted((a, b) => a - b)).toEqual([20, 20, 20, 40, 40, 40, 60, 60, 60]);
  expect(runs.filter(({ purpose }) => purpose === 'idle').map(({ users }) => users)).toEqual([40, 40, 40]);
  expect(new Set(runs.map(({ seed }) => seed)).size).toBe(runs.length);
});

test('rounds are in another order each, the same for the same seed', () => {
  const steps = [10, 20, 30, 40, 50, 60];
  const rounds = (seed: string) => stepsOf(play({ ...plan, steps, runs: 6, seed }, 99)).slice(6);
  expect(rounds('a')).toEqual(rounds('a'));
  expect(rounds('a')).not.toEqual(rounds('b'));
  expect(rounds('a').slice(0, 6)).not.toEqual(rounds('a').slice(6, 12));
});

test('a search that is taken up again goes on as if it had never stopped', () => {
  const whole = play({ ...plan, runs: 3 }, 330);
  for (const kept of [0, 1, 5, 9]) {
    expect(nextRun({ ...plan, runs: 3 }, whole.slice(0, kept))?.users).toBe(whole[kept]?.users);
  }
});

test('a step breaks when most of its runs do', () => {
  const states = stepStates([goodRun(10), slowRun(10), slowRun(10), slowRun(20), goodRun(20)], plan.levels);
  expect(states.map(({ broken }) => broken)).toEqual([true, false]);
});

test('where the generator gives up the climb ends, and nothing is said of the deployment', () => {
  const runs = play(plan, 10_000, (users) => goodRun(users, { invalid: users > 150 ? ['too slow'] : [] }));
  expect(stepsOf(runs)).toEqual([50, 100, 200]);
  expect(bracketOf(stepStates(runs, plan.levels))).toMatchObject({ held: { users: 100 } });
});

test('one run that broke by chance does not send the search down', () => {
  let count = 0;
  const runs = play({ ...plan, runs: 3 }, 10_000, (users) => (++count === 2 ? slowRun(users) : goodRun(users)));
  expect(stepsOf(runs).slice(0, 5)).toEqual([50, 100, 100, 100, 200]);
});
