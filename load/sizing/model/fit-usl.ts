import { levenbergMarquardt } from 'ml-levenberg-marquardt';
import type { UslParameters } from '../../../core/model/sizing.ts';
import { fitNonNegative } from '../statistics/non-negative.ts';
import { mean } from '../statistics/quantile.ts';
import { throughputAt } from './usl.ts';

/** One run: how many people and how many deliveries per second. */
export interface LoadPoint {
  readonly users: number;
  readonly throughput: number;
}

/** Three parameters need at least three different numbers of people. */
const stepsForWholeLaw = 3;

/**
 * λ > 0, α ≥ 0, β ≥ 0 by non-linear least squares; undefined when the points cannot tell them. `fewestSteps`: with two
 * steps one of α and β is zero, which is enough to be tested on a third.
 */
export function fitUsl(points: readonly LoadPoint[], fewestSteps = stepsForWholeLaw): UslParameters | undefined {
  const useful = points.filter(({ users, throughput }) => users >= 1 && throughput > 0);
  const steps = new Set(useful.map(({ users }) => users)).size;
  if (steps < fewestSteps) return undefined;
  const start = linearFit(useful);
  if (start === undefined) return undefined;
  // At a bound a step of the search may point out of it and stall; so each set of parameters that are zero is tried as well.
  const known = shapes.filter((free) => free.length < steps);
  const candidates = [start, ...known.map((free) => polish(useful, start, free))];
  const [best] = candidates.toSorted((a, b) => squaredError(useful, a) - squaredError(useful, b));
  return best;
}

const shapes = [['alpha', 'beta'], ['alpha'], ['beta'], []] as const;

/** N / X = (1 + α(N − 1) + βN(N − 1)) / λ is linear in 1/λ, α/λ and β/λ. Rows are weighted to make their errors relative. */
function linearFit(points: readonly LoadPoint[]): UslParameters | undefined {
  const rows = points.map(({ users, throughput }) => {
    const weight = throughput / users;
    return [weight, weight * (users - 1), weight * users * (users - 1)];
  });
  const ones = points.map(() => 1);
  const [inverse = 0, alphaPart = 0, betaPart = 0] = fitNonNegative(rows, ones);
  if (inverse <= 0) return undefined;
  return { lambda: 1 / inverse, alpha: alphaPart / inverse, beta: betaPart / inverse };
}

/** Of one order for all parameters: the largest step's share of waiting. */
const scaleOf = (name: 'alpha' | 'beta', most: number) => (name === 'alpha' ? 1 / most : 1 / most ** 2);
const awayFromBound = 1e-3;

/** Levenberg–Marquardt on what each person gets, X / N, so that large steps do not outweigh small ones. */
function polish(points: readonly LoadPoint[], start: UslParameters, free: (typeof shapes)[number]): UslParameters {
  const steps = meansOfSteps(points);
  const most = Math.max(...steps.map(({ users }) => users));
  const parametersFrom = (scaled: readonly number[]): UslParameters => {
    const value = (name: 'alpha' | 'beta') => {
      const place = (free as readonly string[]).indexOf(name);
      return place < 0 ? 0 : (scaled[place + 1] ?? 0) * scaleOf(name, most);
    };
    return { lambda: (scaled[0] ?? 1) * start.lambda, alpha: value('alpha'), beta: value('beta') };
  };
  const perUser = ({ users, weight }: MeanOfStep, throughput: number) => (weight * throughput) / users / start.lambda;
  const { parameterValues } = levenbergMarquardt(
    { x: steps.map((_, index) => index), y: steps.map((step) => perUser(step, step.throughput)) },
    (scaled) => {
      const parameters = parametersFrom(scaled);
      const predicted = steps.map((step) => perUser(step, throughputAt(parameters, step.users)));
      return (index) => predicted[index] ?? Number.NaN;
    },
    {
      initialValues: [1, ...free.map((name) => Math.max(awayFromBound, start[name] / scaleOf(name, most)))],
      minValues: [1e-6, ...free.map(() => 0)],
      maxValues: [1e6, ...free.map(() => 1e6)],
      gradientDifference: 1e-6,
      errorTolerance: 1e-13,
      maxIterations: 40,
    },
  );
  return parametersFrom(parameterValues);
}

interface MeanOfStep extends LoadPoint {
  /** Root of the number of runs. */
  readonly weight: number;
}

/** Runs of one step differ by chance only: their mean, weighted, leads to the same fit in a fraction of the time. */
function meansOfSteps(points: readonly LoadPoint[]): readonly MeanOfStep[] {
  return [...Map.groupBy(points, ({ users }) => users)].map(([users, runs]) => ({
    users,
    throughput: mean(runs.map(({ throughput }) => throughput)),
    weight: Math.sqrt(runs.length),
  }));
}

function squaredError(points: readonly LoadPoint[], parameters: UslParameters): number {
  return points.reduce(
    (sum, { users, throughput }) => sum + ((throughputAt(parameters, users) - throughput) / users) ** 2,
    0,
  );
}
