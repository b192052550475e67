import { actionFigureLabel } from './action-figures.ts';
import { durationText, numberText, sizeText } from './wording.ts';

/** What figures are about, in the order of the report; the generator's own come last. */
export type FigureGroup = 'result' | 'generator';

const result = {
  users: 'Simulierte Personen',
  durationMs: 'Messdauer',
  sent: 'Gesendete Nachrichten',
  lost: 'Verlorene Nachrichten',
  duplicated: 'Doppelte Nachrichten',
  outOfOrder: 'Nachrichten in falscher Reihenfolge',
  deliveryP50Ms: 'Zustellzeit, Median',
  deliveryP95Ms: 'Zustellzeit, 95 von 100 schneller als',
  deliveryP99Ms: 'Zustellzeit, 99 von 100 schneller als',
  deliverySamples: 'Messwerte der Zustellzeit',
  deliveriesPlanned: 'Erwartete Zustellungen',
  seen: 'Gesehene Zustellungen',
  planned: 'Geplante Nachrichten',
  unconfirmed: 'Vom Server nicht bestätigte Nachrichten',
  sendP50Ms: 'Annahme durch den Server, Median',
  sendP95Ms: 'Annahme durch den Server, 95 von 100 schneller als',
  sendP99Ms: 'Annahme durch den Server, 99 von 100 schneller als',
  sendSamples: 'Messwerte der Annahme',
  initialSyncP95Ms: 'Erster Abgleich, 95 von 100 schneller als',
  messagesPerSecond: 'Nachrichten je Sekunde',
  requests: 'Anfragen',
  failedRequests: 'Gescheiterte Anfragen',
  throttledRequests: 'Vom Server gedrosselte Anfragen',
  pollsPerSecond: 'Warteabfragen je Sekunde',
  syncKib: 'Übertragene Abgleiche',
  revocationMs: 'Zeit bis zum Widerruf',
  homeserverCpuShare: 'Auslastung des Rechenkerns von Synapse',
  databaseConnectionShare: 'Belegte Verbindungen der Datenbank',
  rules: 'Regeln von axe',
  rulesApplied: 'Davon angewendet',
  undecidedNodes: 'Stellen, die ein Mensch ansehen muss',
};

const generator = {
  deliveryActualP95Ms: 'Zustellzeit ab tatsächlichem Senden, 95 von 100 schneller als',
  sendActualP95Ms: 'Annahme ab tatsächlichem Senden, 95 von 100 schneller als',
  generatorProcesses: 'Prozesse',
  generatorVus: 'Ausführende Einheiten (VU)',
  generatorKibPerUser: 'Speicher je Person',
  generatorPeakKib: 'Speicher höchstens',
  generatorCpuCores: 'Rechenkerne',
  generatorLoopLagP99Ms: 'Verzug, 99 von 100 kleiner als',
  generatorBundleBytes: 'Größe des Programms',
  generatorFailedProcesses: 'vorzeitig beendete Prozesse',
  provisioningMs: 'Dauer der Vorbereitung',
  joinsPerSecond: 'Beitritte je Sekunde in der Vorbereitung',
};

const labels = new Map(Object.entries({ ...result, ...generator }));
const order = [...labels.keys()];

export interface Figure {
  readonly group: FigureGroup;
  readonly label: string;
  readonly value: string;
}

/** Measured figures in words, the telling ones first; an unknown one is shown by its key rather than left out. */
export function figureTexts(figures: Readonly<Record<string, number>>): readonly Figure[] {
  const place = (key: string) => (labels.has(key) ? order.indexOf(key) : order.length);
  return Object.entries(figures)
    .toSorted(([a], [b]) => place(a) - place(b))
    .map(([key, value]) => ({
      group: Object.hasOwn(generator, key) ? 'generator' : 'result',
      label: labels.get(key) ?? actionFigureLabel(key) ?? key,
      value: valueText(key, value),
    }));
}

function valueText(key: string, value: number): string {
  if (key === 'durationMs' || key === 'provisioningMs') return durationText(value);
  if (/Kib(PerUser)?$/.test(key)) return sizeText(value * 1024);
  if (key.endsWith('Bytes')) return sizeText(value);
  if (key.endsWith('Share')) return `${numberText(value * 100)} %`;
  return key.endsWith('Ms') ? `${numberText(value)} ms` : numberText(value);
}
