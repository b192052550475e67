import { join } from 'node:path';
import { RigError } from '../../core/model/rig-error.ts';
import type { Sizing } from '../../core/model/sizing.ts';
import { readPopulation } from '../../load/generator/read-population.ts';
import type { Population } from '../../load/population/population.ts';
import { officeDay } from '../../load/scenarios/office-day.scenario.ts';
import { defaultAssumptions } from '../../load/sizing/demand/first-order.ts';
import { assumptionsFrom, stagesFrom } from '../../load/sizing/demand/stages.ts';
import { pinApart } from '../../load/sizing/driver/pinning.ts';
import { playSweep } from '../../load/sizing/driver/play-sweep.ts';
import { serverProcesses } from '../../load/sizing/driver/server-processes.ts';
import { openStepsFile, type StepsFile } from '../../load/sizing/driver/steps-file.ts';
import { sizingFromRuns } from '../../load/sizing/sizing-from-runs.ts';
import { type Configuration, resolveConfiguration, runOptions } from '../configuration.ts';
import { conditionsOf } from '../load-size/conditions.ts';
import { predictionOf, wantedPrediction } from '../load-size/prediction.ts';
import { allowedPlan, type SizeWish, sizeOptions, sizeWish } from '../load-size/search-plan.ts';
import { sizingSummary } from '../load-size/sizing-summary.ts';
import { writeSizing } from '../load-size/write-sizing.ts';
import { parseOptions } from '../options.ts';
import { deployTarget } from '../run/deploy-target.ts';
import { listenForInterruption } from '../run/interruption.ts';
import { newRunId } from '../run/run-id.ts';
import { tell } from '../run/tell.ts';

export const summary = {
  en: 'find out how many people a deployment carries and what each stage needs',
  de: 'findet heraus, wie viele Personen eine Installation trägt und was jede Stufe braucht',
};

export const help = {
  en: `npx pruefstand load size [options]

Plays an office day with more and more people until a limit breaks, fits the Universal Scalability Law, names what
gives way first, and derives what each stage of the rollout needs. Writes sizing.json, sizing.csv and index.html.
Without --target the embedded reference deployment is started.

  --quick                        a first look in a few minutes: one short run of each step, marked as indicative
  --steps n,n,…                  measure exactly these numbers of people (default: climb and halve until the limit is known)
  --runs n                       runs of each step (default 5, what a verdict needs)
  --step-duration s              seconds of measuring in each run (default 50, with --quick 20)
  --compression n                how many times denser than the profile's busiest hour people write (default 100)
  --predict n                    deliveries per second to expect of n people; refused beyond 1.5 times the largest step
  --out folder                   where the results go; what was measured there before is continued (default: a new one in runs/)
  --target file                  target file, made by: npx pruefstand init
  --provider container|process   how the reference deployment is started
  --seed n                       every random choice follows from it (default 1)
  --json                         one JSON document on stdout

Exit code: 0 measured, 2 wrong use, 3 the bench broke or was stopped; what was measured until then is kept.

Examples
  npx pruefstand load size --quick
  npx pruefstand load size --steps 100,200,300,400,500,600 --out runs/sizing-1`,
  de: `npx pruefstand load size [Optionen]

Spielt einen Bürotag mit immer mehr Personen, bis eine Grenze bricht, passt das Universal Scalability Law an, nennt, was
zuerst nachgibt, und leitet ab, was jede Ausbaustufe braucht. Schreibt sizing.json, sizing.csv und index.html.
Ohne --target wird die eingebaute Referenzinstallation gestartet.

  --quick                        ein erster Blick in wenigen Minuten: ein kurzer Lauf je Stufe, als Hinweis gekennzeichnet
  --steps n,n,…                  genau diese Personenzahlen messen (Vorgabe: steigern und halbieren, bis die Grenze bekannt ist)
  --runs n                       Läufe je Stufe (Vorgabe 5, so viele braucht ein Urteil)
  --step-duration s              Sekunden der Messung je Lauf (Vorgabe 50, mit --quick 20)
  --compression n                wievielmal dichter als in der Hauptstunde des Profils geschrieben wird (Vorgabe 100)
  --predict n                    Zustellungen je Sekunde, die n Personen erwarten lassen; höchstens das 1,5-Fache der größten Stufe
  --out Ordner                   wohin die Ergebnisse kommen; dort schon Gemessenes wird fortgesetzt (Vorgabe: ein neuer in runs/)
  --target Datei                 Zieldatei, erstellt mit: npx pruefstand init
  --provider container|process   wie die Referenzinstallation gestartet wird
  --seed n                       daraus folgt jede zufällige Wahl (Vorgabe 1)
  --json                         ein JSON-Dokument auf der Standardausgabe

Rückgabewert: 0 gemessen, 2 falsch aufgerufen, 3 Prüfstand gestört oder angehalten; bis dahin Gemessenes bleibt erhalten.

Beispiele
  npx pruefstand load size --quick
  npx pruefstand load size --steps 100,200,300,400,500,600 --out runs/sizing-1`,
};

const { seed, target, provider } = runOptions;
const options = { seed, target, provider, ...sizeOptions } as const;

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, options);
  const { runs: _count, ...others } = values;
  const configuration = resolveConfiguration(others, process.env, process.cwd());
  const wish = sizeWish(values, configuration.seed);
  const predicted = wantedPrediction(values, wish);
  const runId = newRunId('sizing', new Date());
  const folder = typeof values['out'] === 'string' ? values['out'] : join(configuration.runs, runId);
  const { sizing, stopped } = await measure({ configuration, wish, runId, folder });
  if (sizing !== undefined) {
    await writeSizing(folder, sizing);
    const prediction = predicted === undefined ? undefined : predictionOf(sizing, predicted);
    const all = { ...sizing, ...(prediction && { prediction }) };
    console.log(values['json'] ? JSON.stringify(all, null, 2) : sizingSummary(sizing, folder, prediction));
  }
  if (stopped === undefined) return 0;
  if (sizing !== undefined) tell(goOnWords(folder));
  throw stopped;
}

const goOnWords = (folder: string) => ({
  en: `What was measured is kept; the same command with --out ${folder} goes on from there.`,
  de: `Das Gemessene bleibt erhalten; derselbe Befehl mit --out ${folder} setzt dort fort.`,
});

interface MeasureOptions {
  readonly configuration: Configuration;
  readonly wish: SizeWish;
  readonly runId: string;
  readonly folder: string;
}

interface Measured {
  /** Absent when nothing was measured. */
  readonly sizing?: Sizing;
  /** Why it ended before everything was measured. */
  readonly stopped?: RigError;
}

async function measure({ configuration, wish, runId, folder }: MeasureOptions): Promise<Measured> {
  const population = await readPopulation();
  using interruption = listenForInterruption((line) => console.error(line));
  const { signal } = interruption;
  const where = { configuration, runId, runFolder: configuration.runs, progress: tell, signal };
  await using deployment = await deployTarget(where);
  const { bench } = deployment;
  const plan = allowedPlan(wish.plan, bench.target.permissions.mayStressUsers);
  using pinning = pinApart(serverProcesses(process.pid).map(({ pid }) => pid));
  const { serverCores } = pinning;
  const conditions = conditionsOf({ target: bench.target, scenario: officeDay, population, wish, pinning });
  const file = await openStepsFile(join(folder, 'steps.ndjson'), conditions);
  if (file.runs.length > 0)
    tell({ en: `${file.runs.length} runs are there already`, de: `${file.runs.length} Läufe liegen schon vor` });
  const how = { bench, scenario: officeDay, population, ...wish, serverCores, signal, onProgress: tell };
  try {
    await playSweep(plan, file, how);
  } catch (thrown) {
    if (!(thrown instanceof RigError)) throw thrown;
    return { stopped: thrown, ...(file.runs.length > 0 && { sizing: sizingOf(file, wish, population) }) };
  }
  return { sizing: sizingOf(file, wish, population) };
}

function sizingOf({ conditions, runs }: StepsFile, { plan }: SizeWish, population: Population): Sizing {
  const stages = stagesFrom(population);
  const assumptions = assumptionsFrom(population, officeDay.profile, defaultAssumptions);
  return sizingFromRuns({ runs, conditions, levels: plan.levels, stages, assumptions });
}
