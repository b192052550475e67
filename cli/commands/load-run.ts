import { type CheckOutcome, inconclusive } from '../../core/model/outcome.ts';
import { readTarget } from '../../deployment/providers/remote/read-target.ts';
import { permissionsFrom } from '../../deployment/providers/remote/target.ts';
import { createLoadFamily, type LoadFamilyOptions, planRun } from '../../load/generator/family.ts';
import { abortRulesFrom } from '../../load/generator/live/abort-rule.ts';
import { loadRunReport } from '../../load/generator/load-run-report.ts';
import { metricsOutputFrom } from '../../load/generator/metrics-output.ts';
import { permissionGap } from '../../load/generator/permission-gap.ts';
import type { Schedule } from '../../load/generator/plan-load.ts';
import { readPopulation } from '../../load/generator/read-population.ts';
import type { Scale, ScenarioCheck } from '../../load/scenarios/scenario.ts';
import { type Configuration, resolveConfiguration, runOptions } from '../configuration.ts';
import type { AnyCheck } from '../discover.ts';
import { asAnyFamily } from '../families.ts';
import { startLive } from '../load/live.ts';
import { help } from '../load/load-run-help.ts';
import { peopleFile } from '../load/people-file.ts';
import { planLine } from '../load/plan-line.ts';
import { scenarioNamed } from '../load/scenario-named.ts';
import { listenForStopKey } from '../load/stop-key.ts';
import { integerOption, type ParsedOptions, parseOptions } from '../options.ts';
import { deployTarget } from '../run/deploy-target.ts';
import { listenForInterruption } from '../run/interruption.ts';
import { newRunId } from '../run/run-id.ts';
import { tell } from '../run/tell.ts';

export const summary = {
  en: 'play one load scenario at a scale of your choice',
  de: 'spielt ein Lastszenario in frei gewählter Größe',
};

export { help };

const { seed, target, provider } = runOptions;
const text = { type: 'string' } as const;
const loadOptions = {
  seed,
  target,
  provider,
  users: text,
  duration: text,
  population: text,
  processes: text,
  'abort-on': text,
  prometheus: text,
  login: text,
  keep: text,
} as const;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, loadOptions, 1);
  const configuration = resolveConfiguration(values, process.env, process.cwd());
  const runId = newRunId('load', new Date());
  const population = await readPopulation(values['population']?.toString());
  const own = { ...ownOptions(values), population, ...peopleFile(values, configuration, runId) };
  const check = await scenarioNamed('load run', positionals[0]);
  const seed = `${configuration.seed}/${check.meta.id}`;
  // Before anything is started: what cannot be is told at once.
  const { schedule, scale } = await planRun(check, own, { seed });
  tell(planLine(population.name, schedule));
  const outcome =
    gapOfTarget(configuration.target, scale, schedule) ?? (await play(own, check, { configuration, runId, seed }));
  const report = { ...loadRunReport(outcome, check), planHash: schedule.planHash };
  console.log(values['json'] ? JSON.stringify(report, null, 2) : `${check.meta.title}\n${report.reasons.join('\n')}`);
  return { passed: 0, failed: 1, notApplicable: 3, inconclusive: 3 }[outcome.kind];
}

function ownOptions(values: ParsedOptions['values']): LoadFamilyOptions {
  const users = integerOption('users', values['users'], { min: 2, max: 1_000_000 });
  const durationS = integerOption('duration', values['duration'], { min: 5, max: 86_400 });
  const processes = integerOption('processes', values['processes'], { min: 1, max: 64 });
  const { 'abort-on': abortOn, prometheus } = values;
  return {
    ...(users !== undefined && { users }),
    ...(durationS !== undefined && { durationS }),
    ...(processes !== undefined && { processes }),
    ...(typeof prometheus === 'string' && { metricsTo: metricsOutputFrom(prometheus, process.env) }),
    ...(typeof abortOn === 'string' && { abortOn: abortRulesFrom(abortOn) }),
  };
}

/** What the target file does not allow, told before anything is sent to the target. */
function gapOfTarget(file: string | undefined, scale: Scale, schedule: Schedule): CheckOutcome | undefined {
  if (file === undefined) return undefined;
  const now = new Date();
  const { permissions, homeserverUrl } = readTarget(file, now).file;
  const locked = { provider: 'remote', homeserverUrl, permissions: permissionsFrom(permissions) } as const;
  const gap = permissionGap(locked, scale, schedule, now.getTime());
  return gap === undefined ? undefined : inconclusive(gap);
}

interface PlayOptions {
  readonly configuration: Configuration;
  readonly runId: string;
  readonly seed: string;
}

async function play(
  own: LoadFamilyOptions,
  check: ScenarioCheck,
  { configuration, runId, seed }: PlayOptions,
): Promise<CheckOutcome> {
  await using live = await startLive(check.meta.id);
  const options = { ...own, ...live.shown, keepsWhenStopped: true };
  using interruption = listenForInterruption((line) => console.error(line));
  // As Ctrl-C at the terminal does it.
  using _key = listenForStopKey(() => process.kill(process.pid, 'SIGINT'));
  const { signal } = interruption;
  const where = { configuration, runId, runFolder: configuration.runs, progress: tell, signal };
  const asCheck = check as unknown as AnyCheck;
  await using deployment = await deployTarget(where);
  await using runtime = await asAnyFamily(createLoadFamily(options)).open(deployment.bench);
  await using open = await runtime.contextFor(asCheck, { seed, signal });
  return await asCheck.run(open.context);
}
