import type { VerdictKind } from '../../core/judge/verdict.ts';
import type { FamilyName } from '../../core/model/family.ts';
import type { OutcomeKind } from '../../core/model/outcome.ts';
import type { AreaKey } from '../../requirements/catalogue.ts';

/** Words of the report. A sign stands beside every word, so that nothing hangs on colour alone. */
export const verdictWords: Record<
  VerdictKind,
  { readonly word: string; readonly sign: string; readonly meaning: string }
> = {
  violated: { word: 'verletzt', sign: '✘', meaning: 'Mindestens eine Prüfung hat eine Abweichung gefunden.' },
  notAssessed: {
    word: 'nicht bewertet',
    sign: '?',
    meaning: 'Es fehlt ein Nachweis. Das heißt weder „erfüllt“ noch „verletzt“.',
  },
  accepted: {
    word: 'akzeptiert',
    sign: '◐',
    meaning: 'Eine Abweichung ist bekannt und wurde mit Namen, Grund und Frist akzeptiert.',
  },
  met: { word: 'erfüllt', sign: '✔', meaning: 'Die Prüfungen haben vollständig nachgewiesen, was verlangt ist.' },
  notApplicable: {
    word: 'nicht anwendbar',
    sign: '–',
    meaning: 'Das Geprüfte hat gar nicht, wovon die Anforderung handelt.',
  },
};

/** What stands in the way first. */
export const verdictOrder: readonly VerdictKind[] = ['violated', 'notAssessed', 'accepted', 'met', 'notApplicable'];

export const outcomeWords: Record<OutcomeKind | 'notRun', { readonly word: string; readonly sign: string }> = {
  passed: { word: 'bestanden', sign: '✔' },
  failed: { word: 'Abweichung', sign: '✘' },
  notApplicable: { word: 'nicht anwendbar', sign: '–' },
  inconclusive: { word: 'offen', sign: '?' },
  rigFault: { word: 'Prüfstand gestört', sign: '!' },
  notRun: { word: 'nicht ausgeführt', sign: '?' },
};

/** After a number: `4 mit Abweichung`. */
export const countedOutcome: Record<OutcomeKind | 'notRun', string> = {
  passed: 'bestanden',
  failed: 'mit Abweichung',
  notApplicable: 'nicht anwendbar',
  inconclusive: 'offen',
  rigFault: 'durch den Prüfstand gestört',
  notRun: 'nicht ausgeführt',
};

export const notRunText = 'Geplant, aber nicht ausgeführt.';

export const familyWords: Record<FamilyName, string> = {
  conformance: 'Schnittstelle nach Matrix-Spezifikation',
  policy: 'Zusagen der Installation',
  encryption: 'Verschlüsselung',
  accessibility: 'Barrierefreiheit',
  compatibility: 'Geräte und Browser',
  load: 'Last',
};

export const areaWords: Record<AreaKey, { readonly title: string; readonly readers: string }> = {
  DS: { title: 'Datenschutz', readers: 'Datenschutzbeauftragte' },
  SI: { title: 'Sicherheit', readers: 'die Informationssicherheit' },
  VE: { title: 'Verschlüsselung', readers: 'die Informationssicherheit und Datenschutzbeauftragte' },
  BF: { title: 'Barrierefreiheit', readers: 'die Schwerbehindertenvertretung' },
  MB: { title: 'Mitbestimmung', readers: 'den Personalrat' },
  KO: { title: 'Kompatibilität', readers: 'den IT-Betrieb und die Anwenderbetreuung' },
  LE: { title: 'Leistung', readers: 'den IT-Betrieb' },
  BE: { title: 'Betrieb', readers: 'den IT-Betrieb und die Informationssicherheit' },
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

const stages = new Map([['pilot', 'Pilot']]);

export const stageWord = (stage: string): string => stages.get(stage) ?? stage;

export const providerWords = {
  container: 'mitgelieferte Referenzinstallation in Containern',
  process: 'mitgelieferte Referenzinstallation aus Prozessen',
  remote: 'vorhandene Installation',
} as const;
