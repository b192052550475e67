import { readFileSync } from 'node:fs';
import { UsageError } from '../../core/model/usage-error.ts';
import { parseCollectPlan } from '../../load/collector/collect-plan.ts';
import { collectScenario } from '../../load/collector/collect-scenario.ts';
import { type Listen, startCollectorServer } from '../../load/collector/collector-server.ts';
import { loadRunReport } from '../../load/generator/load-run-report.ts';
import { resolveConfiguration } from '../configuration.ts';
import { languageOf } from '../language.ts';
import { createLiveLine } from '../load/live-line.ts';
import { scenarioNamed } from '../load/scenario-named.ts';
import { parseOptions } from '../options.ts';
import { deployTarget } from '../run/deploy-target.ts';
import { listenForInterruption } from '../run/interruption.ts';
import { newRunId } from '../run/run-id.ts';
import { tell } from '../run/tell.ts';
import { suiteVersion } from '../run/version.ts';

export const summary = {
  en: 'prepare a distributed load test, collect its runners and judge once',
  de: 'bereitet einen verteilten Lasttest vor, sammelt seine Runner ein und urteilt einmal',
};

export const help = {
  en: `npx pruefstand load collect --plan file --key-file file [options]

The collector of a load test on Kubernetes; load kubernetes writes the Job that starts it.
Prepares people and rooms, gives each runner its part, counts what they tell and judges the whole once.
Without --target the embedded reference deployment is started.

  --plan file       plan.json of load kubernetes
  --key-file file   file with the key that runners must show
  --listen address  where to listen (default 127.0.0.1:8080)
  --target file     target file
  --json            one JSON document on stdout, as of load run

Exit code: 0 passed, 1 failed, 2 wrong use, 3 the bench broke or the run proves nothing.`,
  de: `npx pruefstand load collect --plan Datei --key-file Datei [Optionen]

Der Sammler eines Lasttests auf Kubernetes; load kubernetes schreibt den Job, der ihn startet.
Bereitet Personen und Räume vor, gibt jedem Runner seinen Teil, zählt, was sie melden, und urteilt einmal über das Ganze.
Ohne --target wird die eingebaute Referenzinstallation gestartet.

  --plan Datei      plan.json aus load kubernetes
  --key-file Datei  Datei mit dem Schlüssel, den Runner vorzeigen
  --listen Adresse  wo gelauscht wird (Vorgabe 127.0.0.1:8080)
  --target Datei    Zieldatei
  --json            ein JSON-Dokument auf der Standardausgabe, wie bei load run

Rückgabewert: 0 bestanden, 1 Abweichung, 2 falsch aufgerufen, 3 Prüfstand gestört oder der Lauf belegt nichts.`,
};

const text = { type: 'string' } as const;
const collectOptions = { plan: text, 'key-file': text, listen: text, target: text, provider: text, runs: text };

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, collectOptions);
  const planFile = neededFile('plan', values['plan']);
  const plan = parseCollectPlan(planFile.text, planFile.path, suiteVersion());
  const key = neededFile('key-file', values['key-file']).text.trim();
  const listen = listenAddress(values['listen']);
  const scenario = await scenarioNamed('load collect', plan.scenario);
  const configuration = resolveConfiguration(values, process.env, process.cwd());
  using interruption = listenForInterruption((line) => console.error(line));
  const { signal } = interruption;
  await using server = await startCollectorServer(listen, key);
  tell({
    en: `Listening on ${listen.host}:${server.port}.`,
    de: `Gelauscht wird auf ${listen.host}:${server.port}.`,
  });
  const where = { configuration, runId: newRunId('load', new Date()), runFolder: configuration.runs };
  await using deployment = await deployTarget({ ...where, progress: tell, signal });
  const { bench } = deployment;
  const line = createLiveLine(process.stderr, languageOf(process.env));
  const shown = { onProgress: tell, onFigures: line.show };
  const outcome = await collectScenario({ bench, scenario, plan, server, signal, ...shown });
  line.leave();
  const report = loadRunReport(outcome, scenario);
  console.log(
    values['json'] ? JSON.stringify(report, null, 2) : `${scenario.meta.title}\n${report.reasons.join('\n')}`,
  );
  return { passed: 0, failed: 1, notApplicable: 3, inconclusive: 3 }[outcome.kind];
}

function neededFile(name: string, path: string | boolean | undefined): { path: string; text: string } {
  if (typeof path !== 'string') {
    throw new UsageError({
      en: `load collect needs --${name}: a file that load kubernetes wrote`,
      de: `load collect braucht --${name}: eine Datei, die load kubernetes geschrieben hat`,
    });
  }
  try {
    return { path, text: readFileSync(path, 'utf8') };
  } catch (cause) {
    throw new UsageError(
      {
        en: `--${name} ${path} cannot be read: check path and rights`,
        de: `--${name} ${path} ist nicht lesbar: Pfad und Rechte prüfen`,
      },
      { cause },
    );
  }
}

function listenAddress(value: string | boolean | undefined = '127.0.0.1:8080'): Listen {
  const [, host, port] =
    /^(?:\[([0-9a-f:]+)\]|([^:]+)):(\d{1,5})$/.exec(String(value))?.filter((part) => part !== undefined) ?? [];
  if (host !== undefined && Number(port) < 65_536) return { host, port: Number(port) };
  throw new UsageError({
    en: `--listen must be address:port, e.g. 0.0.0.0:8080, got ${String(value)}`,
    de: `--listen muss Adresse:Port sein, zum Beispiel 0.0.0.0:8080, nicht ${String(value)}`,
  });
}
