import type { Check, Counterexample } from '../model/check.ts';
import { inParallel } from './in-parallel.ts';
import { type CheckRun, type RunCheckOptions, runCheck } from './run-checks.ts';
import { createTurns, type Turn } from './turns.ts';

/** How to run; each run of a check gets a seed of its own made from `seed`. */
export interface ProofOptions<Context, Defect> extends Omit<RunCheckOptions<Context, Defect>, 'check' | 'defect'> {
  readonly checks: readonly Check<Context, Defect>[];
  /** Runs side by side, of one check or of several. */
  readonly concurrency: number;
  /** Told of every check as it is proven. */
  readonly onProven?: (proof: CheckProof) => void;
}

export interface CheckProof {
  readonly check: string;
  /** The same check against the untouched target. */
  readonly control: CheckRun;
  readonly counterexamples: readonly CounterexampleProof[];
}

export interface CounterexampleProof {
  readonly title: string;
  readonly expectFinding: string;
  /** Whether the expected finding came with the defect, and only with it. */
  readonly red: boolean;
  readonly run: CheckRun;
}

/**
 * Runs every check untouched and then with each of its defects, those side by side like checks: whoever waits for what
 * a defect withholds holds up nothing else. In the order of `checks`.
 */
export async function proveChecks<Context, Defect>(
  options: ProofOptions<Context, Defect>,
): Promise<readonly CheckProof[]> {
  const proofs = new Map<Check<Context, Defect>, CheckProof>();
  const prove = (turn: Turn) => async (check: Check<Context, Defect>) => {
    const proof = await proveCheck(options, check, turn);
    proofs.set(check, proof);
    options.onProven?.(proof);
  };
  const { beside = [], alone = [] } = Object.groupBy(options.checks, ({ meta }) => (meta.alone ? 'alone' : 'beside'));
  await inParallel(beside, beside.length, prove(createTurns(options.concurrency)));
  await inParallel(alone, 1, prove(createTurns(1)));
  return options.checks.flatMap((check) => proofs.get(check) ?? []);
}

async function proveCheck<Context, Defect>(
  options: ProofOptions<Context, Defect>,
  check: Check<Context, Defect>,
  turn: Turn,
): Promise<CheckProof> {
  const { checks: _all, concurrency: _many, onProven: _told, seed, ...common } = options;
  const base = { ...common, check, seed: `${seed}/${check.meta.id}` };
  const control = await turn(() => runCheck(base));
  const counterexamples = await Promise.all(
    check.counterexamples.map(async (counterexample, index) => {
      const { defect } = counterexample;
      const run = await turn(() => runCheck({ ...base, seed: `${base.seed}/${index}`, defect }));
      return judged(counterexample, control, run);
    }),
  );
  return { check: check.meta.id, control, counterexamples };
}

function judged<Defect>(
  { title, expectFinding }: Counterexample<Defect>,
  control: CheckRun,
  run: CheckRun,
): CounterexampleProof {
  const known = new Set(placesOf(control, expectFinding));
  const red = placesOf(run, expectFinding).some((place) => !known.has(place));
  return { title, expectFinding, red, run };
}

/** Where a finding of that code was seen: one the untouched target gives cause for proves nothing. */
const placesOf = ({ outcome }: CheckRun, code: string): readonly string[] =>
  outcome.kind === 'failed' ? outcome.findings.flatMap((found) => (found.code === code ? [found.where] : [])) : [];
