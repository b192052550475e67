import { createRandom } from '../../../core/random.ts';
import type { MeasuredRun } from '../measured-run.ts';
import type { KneeLevels } from './knee-levels.ts';
import { bracketOf, type StepState, stepStates } from './step-state.ts';

/** How the knee is looked for. */
export interface SearchPlan {
  /** Measured as they are; without them the steps are found by climbing and bisection. */
  readonly steps?: readonly number[];
  readonly startUsers: number;
  readonly maxUsers: number;
  /** Each step of the climb is so many times the one before. */
  readonly climbFactor: number;
  readonly maxSteps: number;
  /** Bisection ends when the knee is known to this share. */
  readonly precision: number;
  /** Runs of each step; five or more make a verdict. */
  readonly runs: number;
  readonly seed: string;
  readonly levels: KneeLevels;
}

/** Runs of each step that a verdict needs. */
export const runsForVerdict = 5;

/** Polls without news cost about the same each time; more runs at rest would tell little. */
const mostIdleRuns = 3;

export interface NextRun {
  readonly users: number;
  readonly purpose: MeasuredRun['purpose'];
  readonly phase: 'climb' | 'bisect' | 'confirm' | 'idle' | 'repeat';
  /** The seed of the run; differs from run to run and follows from the plan's. */
  readonly seed: string;
}

/** What to measure next, from the results so far alone; undefined when all is measured. */
export function nextRun(plan: SearchPlan, runs: readonly MeasuredRun[]): NextRun | undefined {
  const steps = stepStates(runs, plan.levels);
  const seed = `${plan.seed}|run ${runs.length + 1}`;
  const doubtful = steps.find((step) => isDoubtful(plan, step));
  if (doubtful !== undefined) return { users: doubtful.users, purpose: 'step', phase: 'confirm', seed };
  const fresh = plan.steps === undefined ? searchStep(plan, steps) : givenStep(plan.steps, steps);
  if (fresh !== undefined) return { ...fresh, purpose: 'step', seed };
  const idleUsers = (bracketOf(steps).held ?? steps.at(-1))?.users;
  const idleRuns = runs.filter(({ purpose }) => purpose === 'idle');
  if (idleUsers !== undefined && idleRuns.length === 0)
    return { users: idleUsers, purpose: 'idle', phase: 'idle', seed };
  const waiting: Waiting[] = steps.map(({ users, attempts }) => ({ users, attempts, purpose: 'step' }));
  // Later runs at rest are of the same number of people as the first.
  const [firstIdle] = idleRuns;
  if (firstIdle !== undefined && idleRuns.length < mostIdleRuns)
    waiting.push({ users: firstIdle.users, attempts: idleRuns.length, purpose: 'idle' });
  const repeated = repetition(plan, waiting);
  return repeated && { users: repeated.users, purpose: repeated.purpose, phase: 'repeat', seed };
}

/** Runs that decide whether a step broke: two of three. */
const decidingRuns = 3;

/** A single broken run may be chance; it must not send the search the wrong way. */
function isDoubtful({ runs, steps }: SearchPlan, { attempts, valid, brokenRuns }: StepState): boolean {
  if (steps !== undefined || brokenRuns === 0 || attempts >= Math.min(decidingRuns, runs)) return false;
  return brokenRuns < 2 && valid.length - brokenRuns < 2;
}

type Fresh = Pick<NextRun, 'users' | 'phase'> | undefined;

function givenStep(wanted: readonly number[], steps: readonly StepState[]): Fresh {
  const measured = new Set(steps.map(({ users }) => users));
  const users = wanted.toSorted((a, b) => a - b).find((step) => !measured.has(step));
  return users === undefined ? undefined : { users, phase: 'climb' };
}

function searchStep(plan: SearchPlan, steps: readonly StepState[]): Fresh {
  const top = steps.at(-1);
  if (top === undefined) return { users: Math.min(plan.startUsers, plan.maxUsers), phase: 'climb' };
  if (steps.length >= plan.maxSteps) return undefined;
  const { held, broken } = bracketOf(steps);
  if (broken === undefined) return climb(plan, top);
  const low = held?.users ?? 0;
  const middle = Math.round((low + broken.users) / 2);
  const isNarrow = broken.users - low <= plan.precision * broken.users;
  return isNarrow || middle <= Math.max(1, low) || middle >= broken.users
    ? undefined
    : { users: middle, phase: 'bisect' };
}

/** A step whose runs the generator could not carry is as far as it goes. */
function climb({ climbFactor, maxUsers }: SearchPlan, top: StepState): Fresh {
  if (top.valid.length === 0 || top.users >= maxUsers) return undefined;
  return { users: Math.min(maxUsers, Math.max(top.users + 1, Math.round(top.users * climbFactor))), phase: 'climb' };
}

interface Waiting {
  readonly users: number;
  readonly attempts: number;
  readonly purpose: MeasuredRun['purpose'];
}

/** Round by round, each in an order of its own, so that what changes over time does not look like an effect of the step. */
function repetition({ runs, seed }: SearchPlan, waiting: readonly Waiting[]): Waiting | undefined {
  const fewest = Math.min(...waiting.map(({ attempts }) => attempts));
  if (fewest >= runs) return undefined;
  const open = waiting.filter(({ attempts }) => attempts === fewest);
  const place = ({ users, purpose }: Waiting) => createRandom(`${seed}|round ${fewest}|${purpose} ${users}`).next();
  return open.toSorted((a, b) => place(a) - place(b))[0];
}
