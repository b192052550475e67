import type { ReportModel } from '../report-model.ts';
import { familyWords } from './de.ts';
import { counted, sentence } from './wording.ts';

export interface Decision {
  readonly look: 'go' | 'stop' | 'open';
  readonly head: string;
  readonly text: string;
}

/** The answer to the one question of the report. An altered or broken-off run comes before what it says. */
export function decisionOn(model: ReportModel): Decision {
  if (model.journal.problems.length > 0) return altered;
  if (model.exitCode === 0) return release;
  const { violated, notAssessed } = model.verdictCounts;
  const total = counted(model.verdicts.length, 'Anforderung', 'Anforderungen');
  if (violated > 0) {
    return {
      look: 'stop',
      head:
        violated === 1
          ? 'Keine Freigabe: Eine Anforderung ist verletzt'
          : `Keine Freigabe: ${violated} Anforderungen sind verletzt`,
      text: `Von ${total} ${are(violated)} verletzt und ${notAssessed} nicht bewertet. Die Stufe kann beginnen, wenn jede Verletzung behoben oder mit Namen, Grund und Frist akzeptiert und jeder fehlende Nachweis erbracht ist.`,
    };
  }
  if (notAssessed === 0) return incomplete;
  return {
    look: 'open',
    head: 'Keine Freigabe: Nachweise fehlen',
    text: `Keine Anforderung ist verletzt, aber von ${total} ${are(notAssessed)} nicht bewertet. Ohne Nachweis gilt eine Anforderung nicht als erfüllt.`,
  };
}

const are = (count: number) => (count === 1 ? 'ist 1' : `sind ${count}`);

const release: Decision = {
  look: 'go',
  head: 'Die Stufe kann freigegeben werden',
  text: 'Jede Anforderung dieser Stufe ist erfüllt, akzeptiert oder nicht anwendbar.',
};

const altered: Decision = {
  look: 'stop',
  head: 'Kein Urteil: Dieser Lauf ist nicht unversehrt',
  text: 'Auf die folgenden Angaben ist kein Verlass. Bitte die Prüfung wiederholen.',
};

const incomplete: Decision = {
  look: 'open',
  head: 'Keine Freigabe: Der Lauf ist unvollständig',
  text: 'Ein abgebrochener Lauf trägt keine Freigabe, auch wenn nichts dagegen spricht.',
};

/** What a reader must know about the run before believing any of it. */
export function reservations({ finished, journal, leftOut }: ReportModel): readonly string[] {
  return [
    ...journal.problems.map(sentence),
    ...(finished === undefined
      ? ['Der Lauf ist vor seinem Ende abgebrochen. Dieser Bericht zeigt, was bis dahin festgestellt war.']
      : []),
    ...(finished?.interrupted ? ['Der Lauf wurde vor seinem Ende abgebrochen. Was danach gekommen wäre, fehlt.'] : []),
    ...(leftOut.length > 0
      ? [
          `Auf Wunsch ausgelassen wurden die Prüfungen zu: ${leftOut.map((family) => familyWords[family]).join(', ')}. Was nur sie zeigen könnten, ist nicht bewertet.`,
        ]
      : []),
  ];
}

/** Which installation the verdicts are about. */
export function subjectText({ run }: ReportModel): string {
  if (run.target.provider === 'remote') return `Geprüft wurde die Installation „${run.target.name}“.`;
  return 'Geprüft wurde die Referenzinstallation, die der Prüfstand selbst mitbringt. Das Urteil gilt für sie und nicht für eine Installation der Verwaltung.';
}

export const absentText = (count: number): string =>
  `Gegenüber dem BundesMessenger ${count === 1 ? 'fehlt ihr ein Bestandteil' : `fehlen ihr ${count} Bestandteile`}.`;
