import type { Bench } from '../../core/model/bench.ts';
import type { Evidence } from '../../core/model/evidence.ts';
import type { ContextOptions, Family, OpenContext } from '../../core/model/family-runtime.ts';
import { inconclusive } from '../../core/model/outcome.ts';
import type { Text } from '../../core/model/text.ts';
import type { Population } from '../population/population.ts';
import type { LoadContext, LoadDefect, Scale, ScaleName, Scenario } from '../scenarios/scenario.ts';
import { executeScenario } from './execute-scenario.ts';
import { judgeLoad } from './judge-load.ts';
import type { AbortRule } from './live/abort-rule.ts';
import type { LiveFigures } from './live/live-figures.ts';
import { loadEvidence } from './load-evidence.ts';
import type { MetricsOutput } from './metrics-output.ts';
import { permissionGap } from './permission-gap.ts';
import { planLoad, type Schedule } from './plan-load.ts';
import type { LoginWayName } from './provisioning/login-way.ts';
import { readPopulation } from './read-population.ts';

export interface LoadFamilyOptions {
  readonly scale?: ScaleName;
  /** In place of the scale's own. */
  readonly users?: number;
  readonly durationS?: number;
  /** In place of the shipped one. */
  readonly population?: Population;
  /** How people log in; default: what the deployment offers. */
  readonly login?: LoginWayName;
  /** File of prepared people and rooms; kept for the next run if `isKept`. */
  readonly journalFile?: string;
  readonly isKept?: boolean;
  /** k6 processes at least; default as many as the machine's limits ask for. */
  readonly processes?: number;
  /** For the terminal. */
  readonly onProgress?: (text: Text) => void;
  readonly abortOn?: readonly AbortRule[];
  readonly metricsTo?: MetricsOutput;
  readonly onFigures?: (figures: LiveFigures) => void;
  /** What was measured until it was stopped is judged; otherwise stopping throws `interrupted`. */
  readonly keepsWhenStopped?: boolean;
}

/** Load scenarios as checks. With a defect they run at proof scale, because the defect is to be seen and not measured. */
export function createLoadFamily(options: LoadFamilyOptions = {}): Family<LoadContext, LoadDefect> {
  return {
    name: 'load',
    folder: 'load/scenarios',
    suffix: '.scenario.ts',
    concurrency: 1,
    open: async (bench) => ({
      contextFor: async (_check, run) => openContext(bench, options, run),
      [Symbol.asyncDispose]: async () => {},
    }),
  };
}

export const loadFamily = createLoadFamily();

function openContext(
  bench: Bench,
  options: LoadFamilyOptions,
  run: ContextOptions<LoadDefect>,
): OpenContext<LoadContext> {
  const evidence: Evidence[] = [];
  const execute = async (scenario: Scenario) => {
    const { scale, schedule } = await planRun(scenario, options, run);
    const gap = permissionGap(bench.target.permissions, scale, schedule, Date.now());
    if (gap !== undefined) return inconclusive(gap);
    const { scale: _scale, users: _users, durationS: _duration, onProgress = () => {}, ...ways } = options;
    const ready = await benchFor(bench, options.login);
    const loadRun = await executeScenario({ ...run, ...ways, bench: ready, scenario, scale, schedule, onProgress });
    evidence.push(loadEvidence(loadRun, schedule));
    return judgeLoad(loadRun);
  };
  return { context: { execute }, evidence: async () => evidence, [Symbol.asyncDispose]: async () => {} };
}

/** Single sign-on is only to be had where the bench has a provider of its own. */
async function benchFor(bench: Bench, login: LoginWayName | undefined): Promise<Bench> {
  if (login !== 'openid' || bench.lab === undefined) return bench;
  const variant = await bench.lab.variant('open');
  return { ...variant, tools: bench.tools };
}

/** What a run is going to do, without a target. Throws UsageError when the population has not so many people or such rooms. */
export async function planRun(
  scenario: Scenario,
  options: LoadFamilyOptions,
  { seed, defect }: Pick<ContextOptions<LoadDefect>, 'seed' | 'defect'>,
): Promise<{ readonly scale: Scale; readonly schedule: Schedule }> {
  const scale = scaleFor(scenario, options, defect);
  const { population = await readPopulation() } = options;
  return { scale, schedule: planLoad({ scenario, scale, population, seed }) };
}

function scaleFor(scenario: Scenario, options: LoadFamilyOptions, defect: LoadDefect | undefined): Scale {
  const { scale = defect === undefined ? 'campaign' : 'proof', users, durationS } = options;
  return {
    ...scenario.scales[scale],
    ...(users !== undefined && { users }),
    ...(durationS !== undefined && { durationS }),
  };
}
