import type { VerdictKind } from '../../core/judge/verdict.ts';
import type { FamilyName } from '../../core/model/family.ts';
import type { OutcomeKind } from '../../core/model/outcome.ts';

/** Words of the report. A sign stands beside every word, so that nothing hangs on colour alone. */
export const verdictWords: Record<
  VerdictKind,
  { readonly word: string; readonly sign: string; readonly meaning: string }
> = {
  met: { word: 'erfüllt', sign: '✔', meaning: 'Die Prüfungen haben nachgewiesen, was verlangt ist.' },
  violated: { word: 'verletzt', sign: '✘', meaning: 'Mindestens eine Prüfung hat eine Abweichung gefunden.' },
  notAssessed: { word: 'nicht bewertet', sign: '?', meaning: 'Es fehlt ein Nachweis. Das ist kein „bestanden“.' },
  notApplicable: { word: 'nicht anwendbar', sign: '–', meaning: 'Das Ziel hat nicht, wovon die Anforderung handelt.' },
  accepted: { word: 'angenommen', sign: '◐', meaning: 'Eine Abweichung wurde mit Namen, Grund und Frist hingenommen.' },
};

export const outcomeWords: Record<OutcomeKind | 'notRun', { readonly word: string; readonly sign: string }> = {
  passed: { word: 'bestanden', sign: '✔' },
  failed: { word: 'Abweichung gefunden', sign: '✘' },
  notApplicable: { word: 'nicht anwendbar', sign: '–' },
  inconclusive: { word: 'offen', sign: '?' },
  rigFault: { word: 'Prüfstand gestört', sign: '!' },
  notRun: { word: 'nicht ausgeführt', sign: '–' },
};

export const familyWords: Record<FamilyName, string> = {
  conformance: 'Schnittstelle nach Matrix-Spezifikation',
  policy: 'Zusagen der Installation',
  encryption: 'Verschlüsselung',
  accessibility: 'Barrierefreiheit',
  compatibility: 'Geräte und Browser',
  load: 'Last',
};

export const areaWords: Record<string, string> = {
  DS: 'Datenschutz',
  SI: 'Sicherheit',
  VE: 'Verschlüsselung',
  BF: 'Barrierefreiheit',
  MB: 'Mitbestimmung',
  KO: 'Kompatibilität',
  LE: 'Leistung',
  BE: 'Betrieb',
};

export const verificationWords = {
  automatic: 'durch Prüfungen',
  partly: 'teils durch Prüfungen, teils durch Menschen',
  manual: 'durch Menschen',
} as const;

export const confidenceWords = {
  confirmed: 'belegt',
  secondary: 'aus zweiter Hand',
  unconfirmed: 'noch nachzuschlagen',
} as const;

export const decisionWords = {
  0: {
    head: 'Die Stufe kann freigegeben werden',
    text: 'Alle Anforderungen dieser Stufe sind erfüllt, angenommen oder nicht anwendbar.',
  },
  1: {
    head: 'Keine Freigabe: Anforderungen sind verletzt',
    text: 'Mindestens eine Anforderung dieser Stufe ist verletzt. Erst wenn sie behoben oder mit Namen, Grund und Frist angenommen ist, kann die Stufe beginnen.',
  },
  3: {
    head: 'Keine Freigabe: Nachweise fehlen',
    text: 'Keine Anforderung ist verletzt, aber nicht alle sind nachgewiesen. Ohne Nachweis gilt eine Anforderung nicht als erfüllt.',
  },
} as const;

export const stageWords: Record<string, string> = { pilot: 'Pilot' };

export const providerWords = {
  container: 'Referenzinstallation in Containern',
  process: 'Referenzinstallation aus Prozessen',
  remote: 'entfernte Installation',
} as const;

const number = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 2 });

export const numberText = (value: number): string => number.format(value);

export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${numberText(Math.round(ms / 100) / 10)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

export function timeText(iso: string): string {
  return `${new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Berlin' }).format(new Date(iso))} Uhr`;
}
