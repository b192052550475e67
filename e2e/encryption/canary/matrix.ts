import type { Evidence } from '../../../core/model/evidence.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { type CheckOutcome, inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { WordFormName } from '../../lib/wire/word-forms.ts';
import { allCanaryKinds, type CanaryKind, type CanaryPlace, canaryKinds, canaryPlaces } from './kinds.ts';
import { type KnownException, knownExceptions } from './known-exceptions.ts';

/** A word that was found open. */
export interface CanarySighting {
  readonly kind: CanaryKind | 'control';
  /** Within the place; stable between runs. */
  readonly where: string;
  readonly forms: readonly WordFormName[];
}

export interface Search {
  readonly place: CanaryPlace;
  readonly sightings: readonly CanarySighting[];
  /** How much was looked through, in words: `312 Anfragen und Antworten`. */
  readonly searched: string;
  /** What the other side did not get to read. */
  readonly unread: readonly CanaryKind[];
  /** Whose words were put anywhere; all unless told. */
  readonly kinds?: readonly CanaryKind[];
}

/** What the search of one place says: findings, or why it says nothing. `more` are findings of the same run on other claims. */
export function judgeSearch(search: Search, more: readonly Finding[] = [], exceptions = knownExceptions): CheckOutcome {
  const { place, sightings, searched, unread } = search;
  const { name, controlForms } = canaryPlaces[place];
  const controls = sightings.filter(({ kind }) => kind === 'control');
  if (unread.length > 0)
    return inconclusive(
      `void: Die andere Seite konnte nicht lesen: ${unread.map((kind) => canaryKinds[kind]).join(', ')}.`,
    );
  const missed = controlForms.filter((form) => !formsOf(controls).includes(form));
  if (missed.length > 0)
    return inconclusive(`void: Die Suche fand das offene Kontrollwort nicht (${name}: ${missed.join(', ')}).`);
  const declared = exceptions.filter(({ places }) => places.includes(place));
  const leaks = [...leaksIn(search, declared), ...more];
  const stale = declared.filter(({ kind }) => !sightings.some((sighting) => sighting.kind === kind));
  const open = declared.filter((one) => !stale.includes(one)).map(({ kind }) => canaryKinds[kind]);
  const known = open.length === 0 ? '' : ` Offen wie bekannt: ${open.join(', ')}.`;
  const observed = `${searched} durchsucht: Kontrollwort ${controls.length}-mal gefunden (${controlForms.join(', ')}), Kanarienwörter nirgends unerwartet.${known}`;
  const outcome = outcomeOf([...leaks, ...stale.map((one) => staleFinding(one, place))], observed);
  return outcome.kind === 'failed' && leaks.length === 0
    ? { ...outcome, otherwise: { kind: 'passed', observed } }
    : outcome;
}

/** One finding for each kind and place, however often the word was there. */
function leaksIn({ place, sightings }: Search, declared: readonly KnownException[]): readonly Finding[] {
  const isDeclared = ({ kind }: CanarySighting) => declared.some((one) => one.kind === kind);
  const unexpected = sightings.filter((sighting) => sighting.kind !== 'control' && !isDeclared(sighting));
  return [...Map.groupBy(unexpected, ({ kind, where }) => `${labelOf(kind)}: ${where}`)].map(([where, seen]) => ({
    code: canaryPlaces[place].code,
    title: 'Vertraulicher Inhalt steht außerhalb der Geräte offen da.',
    expected: 'Was verschlüsselt gesendet oder nur auf dem Gerät eingegeben wurde, ist dort in keiner Form zu finden.',
    observed: `Das Kanarienwort wurde ${seen.length}-mal gefunden (${formsOf(seen).join(', ')}).`,
    where,
  }));
}

/** Concerns no requirement: what was declared open is closed now, and only our list is wrong. */
const staleFinding = ({ kind, source }: KnownException, place: CanaryPlace): Finding => ({
  code: 'stale-exception',
  title: 'Eine erklärte Ausnahme tritt nicht mehr auf; die Liste der Ausnahmen ist überholt.',
  expected: `Offen, wie erklärt (${source}).`,
  observed: 'Das Kanarienwort steht dort nicht mehr.',
  where: `${canaryKinds[kind]}: ${canaryPlaces[place].name}`,
  concerns: [],
});

const allForms: readonly WordFormName[] = [
  'plain',
  'jsonEscaped',
  'percentEncoded',
  'base64',
  'base64Url',
  'hex',
  'utf16',
  'compressed',
];

/** Kind by form, how often; with what the list of exceptions says and where it was. */
export function matrixEvidence(
  { place, sightings, kinds = allCanaryKinds }: Search,
  exceptions = knownExceptions,
): Evidence {
  const rows = (['control', ...kinds] as const).map((kind) => {
    const seen = sightings.filter((one) => one.kind === kind);
    const counts = allForms.map((form) => String(seen.filter(({ forms }) => forms.includes(form)).length));
    const exception = exceptions.find((one) => one.kind === kind && one.places.includes(place));
    const places = [...new Set(seen.map(({ where }) => where))].toSorted().join(', ');
    return [labelOf(kind), ...counts, judgementOf(kind, seen.length, exception), places];
  });
  const header = ['Inhalt', ...allForms, 'Urteil', 'Stellen'];
  return {
    name: `Kanarienmatrix: ${canaryPlaces[place].name}`,
    mediaType: 'text/csv',
    content: [header, ...rows].map((row) => `${row.map(quoted).join(';')}\r\n`).join(''),
  };
}

function judgementOf(kind: CanarySighting['kind'], count: number, exception: KnownException | undefined): string {
  if (kind === 'control') return count > 0 ? 'gefunden, wie es sein muss' : 'nicht gefunden: Die Suche beweist nichts';
  if (exception === undefined) return count > 0 ? 'Befund' : 'nirgends offen';
  return count > 0
    ? `bekannte Ausnahme: ${exception.reason} ${exception.source}`
    : 'erklärte Ausnahme, tritt nicht auf';
}

const labelOf = (kind: CanarySighting['kind']) => (kind === 'control' ? 'Kontrollwort' : canaryKinds[kind]);

const formsOf = (seen: readonly CanarySighting[]) => [...new Set(seen.flatMap(({ forms }) => forms))];

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
