import type { Knee, Sizing, SizingConditions, UslParameters } from '../../core/model/sizing.ts';
import { assumptionSentences, levelSentence } from './demand/assumption-sentences.ts';
import type { DemandAssumptions } from './demand/first-order.ts';
import type { Stage } from './demand/stages.ts';
import { isValid, type MeasuredRun } from './measured-run.ts';
import { fitUsl, type LoadPoint } from './model/fit-usl.ts';
import { holdOutTest } from './model/hold-out.ts';
import { type Levelled, levelled } from './model/levelled-throughput.ts';
import { peakUsers } from './model/usl.ts';
import { bootstrapFits, curveWithBand, intervalOf } from './model/usl-band.ts';
import { isDisturbed, reservationsOf } from './reservations.ts';
import type { KneeLevels } from './search/knee-levels.ts';
import { runsForVerdict } from './search/next-run.ts';
import { type Bracket, bracketOf, type StepState, stepStates } from './search/step-state.ts';
import { sizingStep } from './sizing-step.ts';
import { tableEvidence } from './table/evidence.ts';
import { type LimitingResource, limitingResource, meanUtilisation } from './table/limiting-resource.ts';
import { sizingRow } from './table/sizing-row.ts';

export interface SizingOptions {
  readonly runs: readonly MeasuredRun[];
  readonly conditions: SizingConditions;
  readonly stages: readonly Stage[];
  readonly assumptions: DemandAssumptions;
  readonly levels: KneeLevels;
}

/** Everything a planner is told, from the measured runs alone: the same runs and seed give the same sizing. */
export function sizingFromRuns(options: SizingOptions): Sizing {
  const { runs, conditions, levels } = options;
  const steps = stepStates(runs, levels);
  const bracket = bracketOf(steps);
  const level = levelled(runs.filter(isValid));
  const points = loadPoints(steps, level);
  const parameters = fitUsl(points);
  const fits = parameters === undefined ? [] : bootstrapFits(points, conditions.seed);
  const holdOut = holdOutTest(points);
  const limiting = limitingResource(runs, bracket);
  const most = Math.max(0, ...points.map(({ users }) => users));
  const sizing = {
    model: 'usl',
    conditions,
    standing: isDisturbed(runs) ? 'indicative' : standingOf(steps),
    parameters: parameters ?? null,
    intervals: intervalsOf(fits),
    knee: kneeFrom(bracket, steps, parameters),
    limitingResource: limiting.resource,
    holdOut: holdOut ?? null,
    limits: { deliveryP95Ms: levels.delivery.p95Ms ?? null },
    steps: steps.map((step) => sizingStep(step, levels, level)),
    curve: parameters === undefined ? [] : curveWithBand(parameters, fits, most),
  } as const;
  const evidence = tableEvidence(
    runs.filter((run) => keptUp(run, levels)),
    conditions.seed,
  );
  const row = (stage: Stage) =>
    sizingRow({
      stage,
      assumptions: options.assumptions,
      evidence,
      kneeShare: kneeShareOf(bracket, limiting),
      limitingResource: limiting.resource,
      largestRoom: conditions.largestRoom,
      reliable: holdOut?.reliable ?? false,
    });
  const reservations = reservationsOf(sizing, { runs, limiting, costs: evidence.costs });
  const assumptions = [levelSentence(levels), ...assumptionSentences(options.assumptions, conditions)];
  return { ...sizing, costs: evidence.costs, reservations, assumptions, table: options.stages.map(row) };
}

const loadPoints = (steps: readonly StepState[], { throughput }: Levelled): LoadPoint[] =>
  steps.flatMap(({ valid }) => valid.map((run) => ({ users: run.users, throughput: throughput(run) })));

function standingOf(steps: readonly StepState[]): Sizing['standing'] {
  const enough = steps.length > 0 && steps.every(({ valid }) => valid.length >= runsForVerdict);
  return enough ? 'verdict' : 'indicative';
}

function intervalsOf(fits: readonly UslParameters[]): Sizing['intervals'] {
  return Object.fromEntries(
    (['lambda', 'alpha', 'beta'] as const).flatMap((name) => {
      const interval = intervalOf(fits.map((fit) => fit[name]));
      return interval ? [[name, interval]] : [];
    }),
  );
}

function kneeFrom({ held, broken }: Bracket, steps: readonly StepState[], parameters: UslParameters | undefined): Knee {
  const untouched = steps.findLast(
    (step) => step.valid.length > 0 && steps.every(({ users, brokenRuns }) => users > step.users || brokenRuns === 0),
  );
  const peak = parameters && peakUsers(parameters);
  return {
    users: held?.users ?? 0,
    low: untouched?.users ?? 0,
    high: broken?.users ?? null,
    reached: broken !== undefined,
    peakUsers: peak === undefined ? null : Math.round(peak),
  };
}

/** Runs in which the server did all that was asked, if late: beyond that, costs are not those of the work. */
function keptUp(run: MeasuredRun, { deliveredShare }: KneeLevels): boolean {
  const missing = run.offered - run.delivered;
  return isValid(run) && missing <= Math.max(run.resolution, (1 - deliveredShare) * run.offered);
}

/** How much of its core Synapse's busiest process used when that made a limit break; all of it where something else did. */
function kneeShareOf({ broken }: Bracket, { resource }: LimitingResource): number {
  const share = broken === undefined || resource !== 'synapse' ? 1 : meanUtilisation(broken.valid)['synapse'];
  return Math.min(1, share ?? 1);
}
