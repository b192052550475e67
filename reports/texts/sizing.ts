import type { Sizing } from '../../core/model/sizing.ts';
import { counted, numberText } from './wording.ts';

const resources: Readonly<Record<string, string>> = {
  synapse: 'Synapse (ein Rechenkern je Prozess)',
  postgres: 'PostgreSQL',
  'postgres connections': 'Verbindungen von PostgreSQL',
  nginx: 'nginx',
  redis: 'Redis',
  'server cores': 'Rechenkerne des Servers zusammen',
  unknown: 'offen',
};

/** German name of what a server can run out of; an unknown one by its key. */
export const resourceWords = (resource: string): string => resources[resource] ?? resource;

const costNames: Readonly<Record<string, string>> = {
  'synapse cores': 'Synapse, Rechenzeit',
  'postgres cores': 'PostgreSQL, Rechenzeit',
  'nginx cores': 'nginx, Rechenzeit',
  'redis cores': 'Redis, Rechenzeit',
  'synapse page writes': 'Synapse, geschriebene Seiten zu 8 KiB',
  'postgres page writes': 'PostgreSQL, geschriebene Seiten zu 8 KiB',
  'nginx page writes': 'nginx, geschriebene Seiten zu 8 KiB',
  'redis page writes': 'Redis, geschriebene Seiten zu 8 KiB',
  'sync bytes': 'Übertragene Abgleiche',
};

export const costWords = (key: string): string => costNames[key] ?? key;

const people = (count: number) => counted(count, 'Person', 'Personen');

/** What the page says first. */
export function carriedSentence({ knee, standing }: Pick<Sizing, 'knee' | 'standing'>): string {
  const hint = standing === 'verdict' ? '' : ' (erster Blick)';
  if (knee.users === 0 && knee.high !== null)
    return `Schon mit ${people(knee.high)}, der kleinsten Stufe, bricht eine Grenze${hint}`;
  if (knee.high === null) return `Trägt mindestens ${people(knee.users)}; keine Grenze brach${hint}`;
  return `Trägt ${people(knee.users)}; mit ${numberText(knee.high)} bricht eine Grenze${hint}`;
}

export const sizingWords = {
  title: (target: string) => `Größenbestimmung: ${target}`,
  heading: 'Wie viele Personen die Installation trägt',
  reservations: 'Vorbehalte',
  limiting: 'Zuerst gibt nach',
  holdOut: 'Probe: höchste Stufe aus den kleineren vorhergesagt',
  holdOutValue: (predicted: string, observed: string, error: string) =>
    `${predicted} statt gemessener ${observed} Zustellungen/s, Fehler ${error}`,
  noHoldOut: 'nicht möglich: weniger als drei Stufen',
  reliable: 'zuverlässig',
  unreliable: 'unzuverlässig (über 15 %)',
  standing: { verdict: 'Urteil', indicative: 'erster Blick' },
  standingLabel: 'Aussagekraft',
  parameters: 'Universal Scalability Law',
  lambda: 'λ, Zustellungen je Person und Sekunde',
  alpha: 'α, Warten aufeinander',
  beta: 'β, Abstimmung untereinander',
  peak: 'Höhepunkt der Kurve',
  charts: 'Messung',
  steps: 'Stufen',
  brokenLimits: 'Gebrochene Grenzen',
  atUsers: (users: number) => `Mit ${counted(users, 'Person', 'Personen')}:`,
  planned: 'geplant',
  stages: 'Was jede Ausbaustufe braucht',
  demand: 'Bedarf je Stufe des Ausbaus',
  equipment: 'Ausstattung je Stufe des Ausbaus',
  workers: 'Prozesse von Synapse je Stufe',
  costs: 'Was eine Abfrage und eine Nachricht kosten',
  costTable: 'Kosten je Abfrage und Nachricht',
  assumptions: 'Was die Tabellen voraussetzen',
  conditions: 'Unter welchen Bedingungen gemessen wurde',
  fit: 'angepasste Kurve',
  legend:
    'Punkte: Mittel der Läufe mit Vertrauensbereich; Kreuze: eine Grenze brach; Fläche um die Kurve: Bereich von 95 %.',
  kneeLine: 'Grenze',
  limit: 'Grenze P95',
  throughput: 'Zustellungen je Sekunde',
  users: 'Personen gleichzeitig',
  capacityChart: 'Durchsatz über der Zahl der Personen',
  latencyChart: 'Zustellzeit über der Zahl der Personen',
  latency: 'Zustellzeit in ms (logarithmisch)',
  resourceChart: 'Auslastung über der Zahl der Personen',
  utilisation: 'Anteil der Kapazität in %',
  noServer: 'Der Server lässt von außen nicht sehen, was er verbraucht.',
  noLatency: 'Zu wenige Zustellungen für Perzentile.',
  extrapolated: (times: string) => `hochgerechnet, ${times}×`,
  withinMeasured: 'gemessen',
  none: '–',
} as const;
