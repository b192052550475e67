import { counted, numberText, timeText } from './wording.ts';

/** Headings of the report, in the order in which they appear. */
export const headings = {
  inTheWay: 'Was der Freigabe im Weg steht',
  areas: 'Überblick nach Bereichen',
  requirements: 'Urteil je Anforderung',
  findings: 'Abweichungen im Einzelnen',
  measurements: 'Messungen',
  screenshots: 'So sah der Client aus',
  checks: 'Alle Prüfungen',
  run: 'Über diesen Lauf',
} as const;

export const page = {
  title: (target: string) => `Abnahmebericht: ${target}`,
  skip: 'Zum Inhalt springen',
  contents: 'Inhalt',
  reservations: 'Vorbehalt',
  stage: (stage: string) => `Stufe ${stage}`,
  run: (runId: string) => `Lauf ${runId}`,
  absentLink: 'Was fehlt und was daraus folgt',
  meanings: 'Was die Urteile bedeuten',
  more: (id: string) => ` zu ${id}`,
} as const;

export const inTheWay = {
  violated: 'Verletzte Anforderungen',
  notAssessed: 'Nicht bewertete Anforderungen',
  nothing: 'Nichts: Keine Anforderung ist verletzt, und kein Nachweis fehlt.',
  noJudgement: 'Über keine Anforderung konnte geurteilt werden.',
  which: 'Welche Anforderungen',
} as const;

export const groupedFindings = {
  places: (count: number) => `an ${count} Stellen`,
  which: 'Wo',
  more: (count: number) => counted(count, 'weitere Art von Abweichung', 'weitere Arten von Abweichungen'),
} as const;

export const areas = {
  caption: 'Urteile je Bereich',
  area: 'Bereich',
  readers: (readers: string) => `vor allem für ${readers}`,
  sum: 'Alle Bereiche',
} as const;

export const requirement = {
  by: 'Nachweis',
  method: 'Verfahren',
  human: 'Von Menschen vorzulegen',
  sources: 'Quellen',
  checks: 'Prüfungen',
  noChecks: 'keine',
  passedChecks: (count: number) => `${count} bestandene Prüfungen`,
  deviations: 'Abweichungen',
  check: 'Prüfung:',
  count: (head: string, count: number) => `${head} (${count})`,
} as const;

export const finding = {
  none: 'Keine Prüfung hat eine Abweichung gefunden.',
  expected: 'Erwartet',
  observed: 'Beobachtet',
  where: 'Wo',
  request: 'Anfrage',
  known: 'Bekannt',
  acceptedUntil: (day: string) => `Akzeptiert bis ${day}.`,
  check: 'Prüfung',
  requirements: 'Betrifft',
  evidence: 'Nachweise',
  noEvidence: 'keine',
} as const;

export const check = {
  none: 'Dieser Lauf hat keine Prüfung geplant.',
  id: 'Kennung',
  rule: 'Regel',
  duration: 'Dauer',
  requirements: 'Anforderungen',
  standing: 'Rang der Regel',
} as const;

export const measurement = {
  heading: 'Messwerte',
  generator: 'Messwerte des Lastgenerators',
} as const;

export const curveWords = {
  seconds: 'Sekunden seit Beginn',
  second: 'Sekunde',
  table: 'Werte als Tabelle',
  tableOf: (name: string) => `Werte: ${name}`,
  curveOf: (name: string) => `Kurve: ${name}`,
  empty: 'Keine Messwerte.',
  summary: ({ name, low, high, unit, count }: CurveSummary) =>
    `${name}: von ${low} bis ${high} ${unit}, ${count}; die Werte stehen in der Tabelle darunter`,
  points: (count: number) => counted(count, 'Messpunkt', 'Messpunkte'),
} as const;

export const sequenceWords = {
  heading: 'Ablauf',
  fold: (steps: number) => `Wer wem was schickte (${counted(steps, 'Schritt', 'Schritte')})`,
  picture: (title: string) => `Ablauf der Prüfung „${title}“`,
  describe: (names: readonly string[], steps: number) =>
    `${counted(steps, 'Schritt', 'Schritte')} zwischen ${new Intl.ListFormat('de').format(names)}; die Schritte stehen darunter als Liste.`,
  list: 'Schritte als Liste',
  step: (from: string, to: string) => (from === to ? '' : `${from} an ${to}: `),
  times: (count: number) => (count === 1 ? '' : ` (${numberText(count)}-mal)`),
  unshown: (count: number) =>
    `Nicht gezeigt: ${counted(count, 'Abfrage oder Einzelheit', 'Abfragen und Einzelheiten')}.`,
} as const;

interface CurveSummary {
  readonly name: string;
  readonly low: string;
  readonly high: string;
  readonly unit: string;
  readonly count: string;
}

export const screenshotAlt = (name: string): string => `${name}, in voller Größe öffnen`;

export const runWords = {
  target: 'Ziel',
  homeserver: 'Homeserver',
  serverName: 'Servername',
  client: 'Web-Client',
  tools: 'Beteiligte Programme',
  grantedBy: 'Erlaubt von',
  grant: ({ name, role, until }: { name: string; role: string; until: string }) =>
    `${name}, ${role}, gültig bis ${timeText(until)}`,
  scope: 'Erlaubter Umfang',
  mutate: (mayMutate: boolean) => (mayMutate ? 'Lesen, Räume und Nachrichten anlegen' : 'nur lesen'),
  stress: (users: number) =>
    users === 0 ? 'keine Last' : `Last mit höchstens ${counted(users, 'simulierten Person', 'simulierten Personen')}`,
  start: 'Beginn',
  duration: 'Dauer',
  brokenOff: 'abgebrochen',
  seed: 'Startwert der Zufallszahlen',
  suite: 'Prüfstand',
  version: (version: string) => `Version ${version}`,
  leftOut: 'Ausgelassen',
  journal: 'Protokoll',
  entries: (count: number) => counted(count, 'Eintrag', 'Einträge'),
  lastLine: 'Prüfsumme der letzten Zeile',
} as const;

export const absent = {
  heading: 'Was dieser Installation gegenüber dem BundesMessenger fehlt',
  component: 'Bestandteil',
  reason: 'Grund',
  consequence: 'Folge für das Ergebnis',
} as const;

export const accountWords = {
  heading: 'Benutzte Konten',
  summary: (all: number, exempt: number) =>
    `Benutzt ${all === 1 ? 'wurde 1 Konto' : `wurden ${all} Konten`}, ${exempt === 0 ? 'keines davon' : `davon ${exempt}`} von den Mengenbegrenzungen ausgenommen.`,
  list: 'Liste der Konten',
  bench: 'ohne Mengenbegrenzung',
  ordinary: 'gewöhnlich',
} as const;

export const recompute = {
  heading: 'Nachrechnen',
  before: 'Jedes Urteil folgt allein aus dem Protokoll',
  and: 'und dem Katalog der Anforderungen',
  report: 'urteilt daraus neu',
  verify: 'prüft, ob Protokoll und Nachweise unverändert sind. Für Programme liegen die Ergebnisse bei:',
} as const;
