import { scriptFile } from './files.ts';
import { boundNames, type Fleet } from './fleet.ts';
import { collectorName, k6ApiPort, type RunSpec } from './manifest.ts';

export interface ReadmeFacts {
  readonly spec: RunSpec;
  readonly fleet: Fleet;
  readonly title: string;
  readonly users: number;
  readonly rampS: number;
  readonly durationS: number;
  readonly targetName: string;
  readonly homeserverUrl: string;
  /** ISO 8601, as the target file has it. */
  readonly permittedFrom?: string;
  readonly permittedUntil: string;
}

/** German instructions for those who operate the cluster and need not know the suite. */
export function readme(facts: ReadmeFacts): string {
  return [introduction, prerequisites, steps, result, validity, secrets].map((part) => part(facts)).join('\n');
}

const number = (value: number) => value.toLocaleString('de');

function introduction(facts: ReadmeFacts): string {
  const { title, users, rampS, durationS, targetName, homeserverUrl, permittedFrom, permittedUntil } = facts;
  const from = permittedFrom === undefined ? '' : `von ${permittedFrom} `;
  return `# Lasttest auf Kubernetes

${title}.

${number(users)} simulierte Personen gegen ${targetName} (${homeserverUrl}): ${rampS} s Anlauf, ${durationS} s Messung.
Die Erlaubnis des Betreibers gilt ${from}bis ${permittedUntil}; außerhalb beginnt der Sammler nicht.
`;
}

function prerequisites({ spec, fleet }: ReadmeFacts): string {
  const { runners, usersPerRunner, vusPerRunner, runnersBy, decidedBy } = fleet;
  const asked = Object.entries(runnersBy).map(
    ([bound, count]) => `${boundNames[bound as keyof typeof runnersBy]} ${count}`,
  );
  return `## Voraussetzungen

- k6-operator 1.6.0 im Namensraum \`${spec.operatorNamespace}\`, Netzregeln (NetworkPolicy) werden vom Cluster durchgesetzt.
- Der Cluster erreicht ${spec.proxyUrl === undefined ? 'das Ziel unmittelbar' : `das Ziel über ${spec.proxyUrl}`} und die Abbilder
  \`${spec.images.k6}\`, \`${spec.images.starter}\` und \`${spec.images.collector}\`.
- Das Abbild des Sammlers ist der Prüfstand selbst, gebaut aus seinem Verzeichnis mit
  \`docker build -f load/kubernetes/Containerfile -t ${spec.images.collector.split('@')[0]} .\`
- Je Container sind wenigstens ${number(2 * usersPerRunner + 1_000)} offene Dateien erlaubt (\`ulimit -n\`).
- Platz für ${runners} Runner mit je ${spec.runner.memoryMib} MiB und ${spec.runner.cpuMillis} m Prozessor, dazu ein Sammler mit
  ${spec.collector.memoryMib} MiB und ${spec.collector.cpuMillis} m. Je Runner höchstens ${number(usersPerRunner)} Personen in ${vusPerRunner} k6-Einheiten.
  Nötige Runner nach ${asked.join(', ')}; es entscheidet: ${boundNames[decidedBy]}.
`;
}

function steps({ spec }: ReadmeFacts): string {
  const { claim } = spec.script;
  const copy = claim === undefined ? '' : `# ${scriptFile} auf das Volume ${claim} kopieren, oberste Ebene\n`;
  return `## Ablauf

\`\`\`sh
kubectl create namespace ${spec.namespace}
${copy}kubectl apply -f .
kubectl -n ${spec.namespace} get testrun,pods -w
\`\`\`

1. Der Sammler meldet die Personen am Ziel an, legt die Räume an und lässt sie beitreten.
2. So lange warten die Runner (Init-Container \`fetch-input\`); jeder holt dann seinen Teil der Personen vom Sammler.
3. Der k6-operator gibt alle Runner frei; der Sammler nennt allen denselben Beginn der Messung.
4. Sind alle fertig, urteilt der Sammler einmal über das Ganze und räumt am Ziel auf.
`;
}

function result({ spec }: ReadmeFacts): string {
  return `## Ergebnis

\`\`\`sh
kubectl -n ${spec.namespace} wait --for=jsonpath='{.status.ready}'=0 --timeout=-1s job/${collectorName(spec)}
kubectl -n ${spec.namespace} logs job/${collectorName(spec)}
\`\`\`

Am Ende des Protokolls steht ein JSON-Dokument wie von \`pruefstand load run --json\`. Rückgabewert des Sammlers: 0 bestanden,
1 Abweichung, 3 der Lauf belegt nichts. Ein Urteil über das Ziel enthält es nur bei \`"valid": true\`.
`;
}

function validity(): string {
  return `## Wann ein Lauf ungültig ist

Ein Runner kommt nicht, kommt zu spät, verstummt, wird neu gestartet oder hat zu wenig Rechenzeit; Uhren gehen auseinander;
Messwerte fehlen. Der Sammler nennt den Grund und den Runner. Danach \`kubectl delete -f .\` und mit neuen Manifesten von vorn:
weder Runner noch Sammler werden mitten im Lauf ersetzt.

Die Steuerung von k6 (Port ${k6ApiPort}) kennt keine Anmeldung. \`1-network.yaml\` lässt nur den k6-operator und seinen Starter daran
und nur die Runner an den Sammler; ohne Netzregeln im Cluster darf der Lasttest dort nicht laufen.
`;
}

function secrets({ spec }: ReadmeFacts): string {
  return `## Danach

\`2-secret.yaml\` enthält Zugänge zum Ziel und gilt für einen Lauf.

\`\`\`sh
kubectl delete -f .
rm 2-secret.yaml
\`\`\`

Endete der Sammler nicht von selbst, bleiben Sitzungen und Räume der simulierten Personen am Ziel
(Räume heißen \`load …\`, Geräte \`Lastgerät\`, Namensraum \`${spec.namespace}\`); sie sind dort zu entfernen.
`;
}
