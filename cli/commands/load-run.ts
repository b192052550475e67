import { type CheckOutcome, inconclusive } from '../../core/model/outcome.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import { readTarget } from '../../deployment/providers/remote/read-target.ts';
import { permissionsFrom } from '../../deployment/providers/remote/target.ts';
import { createLoadFamily, type LoadFamilyOptions, planRun } from '../../load/generator/family.ts';
import { loadRunReport } from '../../load/generator/load-run-report.ts';
import { permissionGap } from '../../load/generator/permission-gap.ts';
import type { Schedule } from '../../load/generator/plan-load.ts';
import { readPopulation } from '../../load/generator/read-population.ts';
import type { Scale, ScenarioCheck } from '../../load/scenarios/scenario.ts';
import { type Configuration, resolveConfiguration, runOptions } from '../configuration.ts';
import { type AnyCheck, discoverChecks } from '../discover.ts';
import { type AnyFamily, asAnyFamily } from '../families.ts';
import { peopleFile } from '../load/people-file.ts';
import { planLine } from '../load/plan-line.ts';
import { integerOption, parseOptions } from '../options.ts';
import { deployTarget } from '../run/deploy-target.ts';
import { listenForInterruption } from '../run/interruption.ts';
import { newRunId } from '../run/run-id.ts';
import { tell } from '../run/tell.ts';

export const summary = {
  en: 'play one load scenario at a scale of your choice',
  de: 'spielt ein Lastszenario in frei gewählter Größe',
};

export const help = {
  en: `npx pruefstand load run <scenario> [options]

Plays one load scenario against a target and judges what was counted. Writes no report.
Without --target the embedded reference deployment is started.

  --users n                      people at the same time (default: the scenario's own number)
  --duration s                   seconds of measuring (default: the scenario's own)
  --target file                  target file, made by: npx pruefstand init
  --provider container|process   how the reference deployment is started
  --population file              who works there (default: load/population/berlin.yaml)
  --login way                    how people get in: application-service, password, openid, admin-token (accounts made at
                                 the administration's port) or given (accounts of the target file)
  --keep file                    keeps accounts and rooms made by admin-token for the next run, in a secret file
  --seed n                       every random choice follows from it (default 1)
  --json                         one JSON document on stdout

Exit code: 0 passed, 1 failed, 2 wrong use, 3 the bench broke or the run proves nothing.

Example
  npx pruefstand load run office-day --users 500 --json`,
  de: `npx pruefstand load run <Szenario> [Optionen]

Spielt ein Lastszenario gegen ein Ziel und beurteilt, was gezählt wurde. Schreibt keinen Bericht.
Ohne --target wird die eingebaute Referenzinstallation gestartet.

  --users n                      gleichzeitige Personen (Vorgabe: die Zahl des Szenarios)
  --duration s                   Sekunden der Messung (Vorgabe: die des Szenarios)
  --target Datei                 Zieldatei, erstellt mit: npx pruefstand init
  --provider container|process   wie die Referenzinstallation gestartet wird
  --population Datei             wer dort arbeitet (Vorgabe: load/population/berlin.yaml)
  --login Weg                    wie Personen hineinkommen: application-service, password, openid, admin-token (Konten über
                                 die Verwaltungsschnittstelle) oder given (Konten der Zieldatei)
  --keep Datei                   behält mit admin-token angelegte Konten und Räume für den nächsten Lauf, in einer geheimen Datei
  --seed n                       daraus folgt jede zufällige Wahl (Vorgabe 1)
  --json                         ein JSON-Dokument auf der Standardausgabe

Rückgabewert: 0 bestanden, 1 Abweichung, 2 falsch aufgerufen, 3 Prüfstand gestört oder der Lauf belegt nichts.

Beispiel
  npx pruefstand load run office-day --users 500 --json`,
};

const { seed, target, provider } = runOptions;
const text = { type: 'string' } as const;
const loadOptions = {
  seed,
  target,
  provider,
  users: text,
  duration: text,
  population: text,
  login: text,
  keep: text,
} as const;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, loadOptions, 1);
  const users = integerOption('users', values['users'], { min: 2, max: 1_000_000 });
  const durationS = integerOption('duration', values['duration'], { min: 5, max: 86_400 });
  const configuration = resolveConfiguration(values, process.env, process.cwd());
  const runId = newRunId('load', new Date());
  const population = await readPopulation(values['population']?.toString());
  const options: LoadFamilyOptions = {
    ...(users !== undefined && { users }),
    ...(durationS !== undefined && { durationS }),
    population,
    ...peopleFile(values, configuration, runId),
    onProgress: tell,
  };
  const family = asAnyFamily(createLoadFamily(options));
  const check = await scenarioNamed(family, positionals[0]);
  const seed = `${configuration.seed}/${check.meta.id}`;
  // Before anything is started: what cannot be is told at once.
  const { schedule, scale } = await planRun(check, options, { seed });
  tell(planLine(population.name, schedule));
  const gap = gapOfTarget(configuration.target, scale, schedule);
  const outcome =
    gap === undefined
      ? await play(family, check as unknown as AnyCheck, { configuration, runId, seed })
      : inconclusive(gap);
  const report = { ...loadRunReport(outcome, check), planHash: schedule.planHash };
  console.log(values['json'] ? JSON.stringify(report, null, 2) : `${check.meta.title}\n${report.reasons.join('\n')}`);
  return { passed: 0, failed: 1, notApplicable: 3, inconclusive: 3 }[outcome.kind];
}

/** What the target file does not allow, told before anything is sent to the target. */
function gapOfTarget(targetFile: string | undefined, scale: Scale, schedule: Schedule): string | undefined {
  if (targetFile === undefined) return undefined;
  const now = new Date();
  return permissionGap(permissionsFrom(readTarget(targetFile, now).file.permissions), scale, schedule, now.getTime());
}

async function scenarioNamed(family: AnyFamily, name: string | undefined): Promise<ScenarioCheck> {
  const all = await discoverChecks(family);
  const found = all.find(({ meta }) => meta.id === `load.${name}`);
  if (found !== undefined) return found.check as unknown as ScenarioCheck;
  const known = all.map(({ meta }) => meta.id.slice('load.'.length)).join(', ');
  throw new UsageError({
    en: `load run needs the name of a scenario, got ${name ?? 'none'}; there are: ${known}`,
    de: `load run braucht den Namen eines Szenarios, nicht ${name ?? 'keinen'}; es gibt: ${known}`,
  });
}

interface PlayOptions {
  readonly configuration: Configuration;
  readonly runId: string;
  readonly seed: string;
}

async function play(
  family: AnyFamily,
  check: AnyCheck,
  { configuration, runId, seed }: PlayOptions,
): Promise<CheckOutcome> {
  using interruption = listenForInterruption((line) => console.error(line));
  const { signal } = interruption;
  const where = { configuration, runId, runFolder: configuration.runs, progress: tell, signal };
  await using deployment = await deployTarget(where);
  await using runtime = await family.open(deployment.bench);
  await using open = await runtime.contextFor(check, { seed, signal });
  return await check.run(open.context);
}
