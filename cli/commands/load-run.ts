import type { CheckOutcome } from '../../core/model/outcome.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import { createLoadFamily, type LoadFamilyOptions, planRun } from '../../load/generator/family.ts';
import { abortRulesFrom } from '../../load/generator/live/abort-rule.ts';
import { loadRunReport } from '../../load/generator/load-run-report.ts';
import { metricsOutputFrom } from '../../load/generator/metrics-output.ts';
import { type LoginWayName, loginWays } from '../../load/generator/provisioning/login-way.ts';
import { readPopulation } from '../../load/generator/read-population.ts';
import type { ScenarioCheck } from '../../load/scenarios/scenario.ts';
import { type Configuration, resolveConfiguration, runOptions } from '../configuration.ts';
import { type AnyCheck, discoverChecks } from '../discover.ts';
import { asAnyFamily } from '../families.ts';
import { startLive } from '../load/live.ts';
import { listenForStopKey } from '../load/stop-key.ts';
import { choiceOption, integerOption, type ParsedOptions, parseOptions } from '../options.ts';
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
A line and a page on this machine show the run as it goes on; q or Ctrl-C ends it at once, what was measured is kept.

  --users n                      people at the same time (default: the scenario's own number)
  --duration s                   seconds of measuring (default: the scenario's own)
  --processes n                  k6 processes at least (default: as many as the limits of this machine ask for)
  --target file                  target file, made by: npx pruefstand init
  --provider container|process   how the reference deployment is started
  --abort-on limits              end early when exceeded, e.g. delivery-p95=3000,errors=5 (milliseconds, percent)
  --prometheus url               k6 also writes its own metrics there (remote write; K6_PROMETHEUS_RW_… are passed on)
  --population file              who works there (default: load/population/berlin.yaml)
  --login way                    how people get in: application-service, password, openid, admin-token (accounts made at
                                 the administration's port) or given (accounts of the target file)
  --keep file                    keeps people and rooms of a --target for the next run, in a secret file
  --seed n                       every random choice follows from it (default 1)
  --json                         one JSON document on stdout

Exit code: 0 passed, 1 failed, 2 wrong use, 3 the bench broke or the run proves nothing.

Example
  npx pruefstand load run office-day --users 500 --json`,
  de: `npx pruefstand load run <Szenario> [Optionen]

Spielt ein Lastszenario gegen ein Ziel und beurteilt, was gezählt wurde. Schreibt keinen Bericht.
Ohne --target wird die eingebaute Referenzinstallation gestartet.
Eine Zeile und eine Seite auf dieser Maschine zeigen den Lauf; q oder Strg-C hält ihn sofort an, Gemessenes bleibt.

  --users n                      gleichzeitige Personen (Vorgabe: die Zahl des Szenarios)
  --duration s                   Sekunden der Messung (Vorgabe: die des Szenarios)
  --processes n                  mindestens so viele k6-Prozesse (Vorgabe: so viele, wie die Grenzen der Maschine verlangen)
  --target Datei                 Zieldatei, erstellt mit: npx pruefstand init
  --provider container|process   wie die Referenzinstallation gestartet wird
  --abort-on Grenzen             hält bei Überschreitung an, etwa delivery-p95=3000,errors=5 (Millisekunden, Prozent)
  --prometheus URL               k6 schreibt seine eigenen Metriken auch dorthin (Remote Write; K6_PROMETHEUS_RW_… gelten)
  --population Datei             wer dort arbeitet (Vorgabe: load/population/berlin.yaml)
  --login Weg                    wie Personen hineinkommen: application-service, password, openid, admin-token (Konten über
                                 die Verwaltungsschnittstelle) oder given (Konten der Zieldatei)
  --keep Datei                   behält Personen und Räume eines --target für den nächsten Lauf, in einer geheimen Datei
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
  processes: text,
  'abort-on': text,
  prometheus: text,
  login: text,
  keep: text,
} as const;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, loadOptions, 1);
  const own = await ownOptions(values);
  const check = await scenarioNamed(positionals[0]);
  const configuration = resolveConfiguration(values, process.env, process.cwd());
  const seed = `${configuration.seed}/${check.meta.id}`;
  // Before anything is started: what cannot be is told at once.
  const { planHash } = (await planRun(check, own, { seed })).schedule;
  tell({ de: `Plan ${planHash}`, en: `plan ${planHash}` });
  await using live = await startLive(check.meta.id);
  const options = { ...own, ...live.shown, keepsWhenStopped: true };
  const outcome = await play(options, check as unknown as AnyCheck, { configuration, seed });
  const report = { ...loadRunReport(outcome, check), planHash };
  console.log(values['json'] ? JSON.stringify(report, null, 2) : `${check.meta.title}\n${report.reasons.join('\n')}`);
  return { passed: 0, failed: 1, notApplicable: 3, inconclusive: 3 }[outcome.kind];
}

async function ownOptions(values: ParsedOptions['values']): Promise<LoadFamilyOptions> {
  const users = integerOption('users', values['users'], { min: 2, max: 1_000_000 });
  const durationS = integerOption('duration', values['duration'], { min: 5, max: 86_400 });
  const processes = integerOption('processes', values['processes'], { min: 1, max: 64 });
  const { 'abort-on': abortOn, prometheus, population } = values;
  return {
    ...(users !== undefined && { users }),
    ...(durationS !== undefined && { durationS }),
    ...(processes !== undefined && { processes }),
    ...(typeof prometheus === 'string' && { metricsTo: metricsOutputFrom(prometheus, process.env) }),
    ...(typeof abortOn === 'string' && { abortOn: abortRulesFrom(abortOn) }),
    population: await readPopulation(population?.toString()),
    ...loginOptions(values),
  };
}

function loginOptions(values: ParsedOptions['values']): Pick<LoadFamilyOptions, 'login' | 'journalFile' | 'isKept'> {
  const { keep, target: targetFile } = values;
  const login = choiceOption('login', values['login'], Object.keys(loginWays) as LoginWayName[]);
  if (keep !== undefined && targetFile === undefined) {
    throw new UsageError({
      en: '--keep needs a --target: the reference deployment is gone after the run',
      de: '--keep braucht ein --target: Die Referenzinstallation gibt es nach dem Lauf nicht mehr',
    });
  }
  return {
    ...(login !== undefined && { login }),
    ...(keep !== undefined && { journalFile: String(keep), isKept: true }),
  };
}

async function scenarioNamed(name: string | undefined): Promise<ScenarioCheck> {
  const all = await discoverChecks(asAnyFamily(createLoadFamily()));
  const found = all.find(({ meta }) => meta.id === `load.${name}`);
  if (found !== undefined) return found.check as unknown as ScenarioCheck;
  const known = all.map(({ meta }) => meta.id.slice('load.'.length)).join(', ');
  throw new UsageError({
    en: `load run needs the name of a scenario, got ${name ?? 'none'}; there are: ${known}`,
    de: `load run braucht den Namen eines Szenarios, nicht ${name ?? 'keinen'}; es gibt: ${known}`,
  });
}

async function play(
  options: LoadFamilyOptions,
  check: AnyCheck,
  { configuration, seed }: { readonly configuration: Configuration; readonly seed: string },
): Promise<CheckOutcome> {
  using interruption = listenForInterruption((line) => console.error(line));
  // As Ctrl-C at the terminal does it.
  using _key = listenForStopKey(() => process.kill(process.pid, 'SIGINT'));
  const { signal } = interruption;
  const runId = newRunId('load', new Date());
  const where = { configuration, runId, runFolder: configuration.runs, progress: tell, signal };
  await using deployment = await deployTarget(where);
  await using runtime = await asAnyFamily(createLoadFamily(options)).open(deployment.bench);
  await using open = await runtime.contextFor(check, { seed, signal });
  return await check.run(open.context);
}
