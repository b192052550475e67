import type { Sizing } from '../../core/model/sizing.ts';
import { isValid, type MeasuredRun } from './measured-run.ts';
import { runsForVerdict } from './search/next-run.ts';
import { median } from './statistics/quantile.ts';
import { halfWidthShare } from './statistics/student-t.ts';
import type { LimitingResource } from './table/limiting-resource.ts';

type Measured = Pick<Sizing, 'parameters' | 'knee' | 'holdOut' | 'steps' | 'conditions'>;

interface Behind {
  readonly runs: readonly MeasuredRun[];
  readonly limiting: LimitingResource;
  readonly costs: Sizing['costs'];
}

/** Half the interval as a share of the mean. */
const widestHalfShare = 0.1;

/** German sentences on what limits the trust in the figures, the gravest first. */
export function reservationsOf(sizing: Measured, behind: Behind): readonly string[] {
  return [
    ...aboutDisturbance(sizing, behind),
    ...aboutTrust(sizing),
    ...aboutKnee(sizing, behind),
    ...aboutRuns(sizing, behind),
  ];
}

/** Cores that others may keep busy before a sizing is only a first look. */
const mostForeignCores = 0.1;

/** Median over the runs, of this machine; 0 where it is not seen. */
export function foreignCoresOf(runs: readonly MeasuredRun[]): number {
  const seen = runs.flatMap(({ foreignCores }) => foreignCores ?? []);
  return seen.length === 0 ? 0 : median(seen);
}

export const isDisturbed = (runs: readonly MeasuredRun[]): boolean => foreignCoresOf(runs) > mostForeignCores;

function aboutDisturbance({ conditions }: Measured, { runs }: Behind): string[] {
  if (!isDisturbed(runs)) return [];
  const cores = foreignCoresOf(runs).toFixed(1).replace('.', ',');
  return [
    `Gestört: Auf dem Rechner lief währenddessen anderes und belegte ${cores} von ${conditions.machine.cores} Rechenkernen (Median der Läufe). Die Installation trägt allein mehr; auf einem ruhigen Rechner wiederholen.`,
  ];
}

function aboutTrust({ holdOut, steps, parameters }: Measured): string[] {
  const sentences: string[] = [];
  if (holdOut !== null && !holdOut.reliable)
    sentences.push(
      `Unzuverlässig: Aus den kleineren Stufen vorhergesagt wurden für ${holdOut.users} Personen ${holdOut.predicted.toFixed(1)} Zustellungen je Sekunde, gemessen ${holdOut.observed.toFixed(1)} (Fehler ${percent(holdOut.errorShare)}, erlaubt 15 %).`,
    );
  if (holdOut === null)
    sentences.push('Unzuverlässig: Für die Probe am höchsten Wert sind mindestens drei Stufen nötig.');
  if (steps.some(({ runs }) => runs < runsForVerdict))
    sentences.push(`Nur ein erster Blick: Ein Urteil braucht mindestens ${runsForVerdict} gültige Läufe jeder Stufe.`);
  if (parameters === null) sentences.push('Zu wenige Stufen für eine Kapazitätskurve; nötig sind drei.');
  return sentences;
}

function aboutKnee({ knee }: Measured, { limiting, costs }: Behind): string[] {
  const sentences: string[] = [];
  if (!knee.reached)
    sentences.push(
      `Die Grenze wurde nicht erreicht; sie liegt über ${knee.users} Personen. Um sie zu finden, größere Stufen messen.`,
    );
  if (knee.reached && limiting.resource === 'unknown')
    sentences.push(
      'Als die Grenze erreicht war, war nichts von dem ausgelastet, was vom Server zu sehen ist; was zuerst nachgibt, ist offen.',
    );
  if (costs['synapse cores'] === undefined)
    sentences.push(
      'Was Abfragen und Nachrichten den Server kosten, ließ sich nicht bestimmen; die Tabelle nennt nur den Bedarf, keine Ausstattung.',
    );
  else if (costs['synapse cores'].perPoll === 0)
    sentences.push(
      'Was eine Abfrage ohne Neues kostet, ging im Grundverbrauch unter; der obere Wert der Bereiche enthält es. Mehr Personen messen.',
    );
  return sentences;
}

function aboutRuns({ steps, conditions }: Measured, { runs }: Behind): string[] {
  const sentences: string[] = [];
  const invalid = runs.filter((run) => !isValid(run));
  if (invalid.length > 0)
    sentences.push(`${invalid.length} von ${runs.length} Läufen zählen nicht: ${invalid[0]?.invalid[0] ?? ''}`);
  const wide = steps.filter(
    ({ throughputInterval }) => throughputInterval !== null && halfWidthShare(throughputInterval) > widestHalfShare,
  );
  if (wide.length > 0)
    sentences.push(
      `Bei ${wide.map(({ users }) => users).join(', ')} Personen schwankt der Durchsatz zwischen den Läufen um mehr als 10 %; mehr Läufe sind nötig.`,
    );
  if (conditions.pinning === null)
    sentences.push(
      'Server und Lastgenerator waren nicht auf eigene Rechenkerne gelegt und können einander gestört haben.',
    );
  return sentences;
}

const percent = (share: number) => `${(100 * share).toFixed(1).replace('.', ',')} %`;
