import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { textIn } from '../../core/model/text.ts';
import { renderedFiles, type WrittenFile } from '../../load/kubernetes/manifests.ts';
import { readme } from '../../load/kubernetes/readme.ts';
import type { ScenarioCheck } from '../../load/scenarios/scenario.ts';
import { languageOf } from '../language.ts';
import { kubernetesOptions, kubernetesWishes } from '../load/kubernetes-options.ts';
import { type KubernetesRun, planKubernetesRun } from '../load/kubernetes-run.ts';
import { scenarioNamed } from '../load/scenario-named.ts';
import { integerOption, parseOptions } from '../options.ts';

export const summary = {
  en: 'write a load test for the k6-operator on Kubernetes',
  de: 'schreibt einen Lasttest für den k6-operator auf Kubernetes',
};

export const help = {
  en: `npx pruefstand load kubernetes <scenario> --target file --out folder --collector-image image [options]

Writes the manifests of one load test for the k6-operator 1.6.0 and instructions in German. Sends nothing.
How many runners there are and what each needs is computed from the load.

  --users n                 people at the same time (default: the scenario's own number)
  --duration s              seconds of measuring (default: the scenario's own)
  --population file         who works there (default: load/population/berlin.yaml)
  --login way               how people get in, as for load run (default: what the target offers)
  --seed n                  every random choice follows from it (default 1)
  --target file             target file; must permit the load, and its address must be reachable from the cluster
  --out folder              where to write; 2-secret.yaml holds the accounts' secrets
  --collector-image image   this suite as an image, with version or digest
  --k6-image image          default docker.io/grafana/k6:1.8.1; a mirror, or by digest
  --starter-image image     default ghcr.io/grafana/k6-operator:starter-v1.6.0
  --name, --namespace       default pruefstand-<scenario> and pruefstand
  --operator-namespace n    where the k6-operator runs (default k6-operator-system)
  --volume claim            the runners find the script on this volume, not in a ConfigMap
  --runner-memory MiB       most a runner may have (default 4096)
  --runner-cores n          likewise (default 2)
  --json                    one JSON document on stdout

Example
  npx pruefstand load kubernetes office-day --users 20000 --target staging.json --out manifests \\
    --collector-image registry.example/pruefstand:0.1.0`,
  de: `npx pruefstand load kubernetes <Szenario> --target Datei --out Ordner --collector-image Abbild [Optionen]

Schreibt die Manifeste eines Lasttests für den k6-operator 1.6.0 und eine Anleitung. Sendet nichts.
Wie viele Runner es sind und was jeder braucht, wird aus der Last berechnet.

  --users n                 gleichzeitige Personen (Vorgabe: die Zahl des Szenarios)
  --duration s              Sekunden der Messung (Vorgabe: die des Szenarios)
  --population Datei        wer dort arbeitet (Vorgabe: load/population/berlin.yaml)
  --login Weg               wie Personen hineinkommen, wie bei load run (Vorgabe: was das Ziel bietet)
  --seed n                  daraus folgt jede zufällige Wahl (Vorgabe 1)
  --target Datei            Zieldatei; muss die Last erlauben, ihre Adresse muss aus dem Cluster erreichbar sein
  --out Ordner              wohin geschrieben wird; 2-secret.yaml enthält die Geheimnisse der Konten
  --collector-image Abbild  dieser Prüfstand als Abbild, mit Version oder Prüfsumme
  --k6-image Abbild         Vorgabe docker.io/grafana/k6:1.8.1; ein Spiegel oder mit Prüfsumme
  --starter-image Abbild    Vorgabe ghcr.io/grafana/k6-operator:starter-v1.6.0
  --name, --namespace       Vorgabe pruefstand-<Szenario> und pruefstand
  --operator-namespace n    Namensraum des k6-operators (Vorgabe k6-operator-system)
  --volume Claim            die Runner finden das Skript auf diesem Volume, nicht in einer ConfigMap
  --runner-memory MiB       Obergrenze je Runner (Vorgabe 4096)
  --runner-cores n          ebenso (Vorgabe 2)
  --json                    ein JSON-Dokument auf der Standardausgabe

Beispiel
  npx pruefstand load kubernetes office-day --users 20000 --target abnahme.json --out manifeste \\
    --collector-image registry.example/pruefstand:0.1.0`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, kubernetesOptions, 1);
  const scenario = await scenarioNamed('load kubernetes', positionals[0]);
  const seed = integerOption('seed', values['seed'], { min: 0, max: 2 ** 31 }) ?? 1;
  const wishes = kubernetesWishes(values, scenario.meta.id.slice('load.'.length));
  const planned = await planKubernetesRun(scenario, wishes, seed);
  const files = [...renderedFiles(planned.spec), instructions(scenario, planned)];
  await mkdir(wishes.out, { recursive: true });
  for (const { name, text, secret } of files) {
    await writeFile(join(wishes.out, name), text, { mode: secret ? 0o600 : 0o644 });
  }
  if (values['json']) console.log(JSON.stringify(reportOf(scenario, planned, wishes.out, files), null, 2));
  else console.log(textIn(languageOf(process.env), written(planned, wishes.out)));
  return 0;
}

function instructions({ meta }: ScenarioCheck, { spec, fleet, scale, source }: KubernetesRun): WrittenFile {
  const { file } = source;
  const { mayStress, until } = file.permissions;
  const text = readme({
    spec,
    fleet,
    title: meta.title,
    ...scale,
    targetName: file.name,
    homeserverUrl: file.homeserverUrl,
    ...(mayStress.from !== undefined && { permittedFrom: mayStress.from }),
    permittedUntil: mayStress.until ?? until,
  });
  return { name: 'README.md', text, secret: false };
}

function reportOf({ meta }: ScenarioCheck, run: KubernetesRun, directory: string, files: readonly WrittenFile[]) {
  const { spec, fleet, scale } = run;
  return {
    scenario: meta.id,
    users: scale.users,
    planHash: run.planHash,
    durationMs: scale.durationS * 1_000,
    directory,
    files: files.map(({ name }) => name),
    name: spec.name,
    namespace: spec.namespace,
    parallelism: fleet.runners,
    decidedBy: fleet.decidedBy,
    runnersBy: fleet.runnersBy,
    usersPerRunner: fleet.usersPerRunner,
    vusPerRunner: fleet.vusPerRunner,
    runner: spec.runner,
    collector: spec.collector,
    images: spec.images,
  };
}

function written({ spec, fleet, scale }: KubernetesRun, directory: string) {
  const { runners, usersPerRunner, memoryMib, cpuMillis } = fleet;
  const size = `${memoryMib} MiB, ${cpuMillis} m`;
  return {
    en: `${directory}: ${spec.name} with ${scale.users} users on ${runners} runners of at most ${usersPerRunner} (${size} each); README.md tells how to go on.`,
    de: `${directory}: ${spec.name} mit ${scale.users} Personen auf ${runners} Runnern zu höchstens ${usersPerRunner} (je ${size}); weiter mit README.md.`,
  };
}
