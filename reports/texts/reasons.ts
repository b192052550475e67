import type { Reason } from '../../core/judge/verdict.ts';
import { dateText, sentence } from './wording.ts';

/** What kind of reason it is, and what it says. */
export function reasonWords(reason: Reason): { readonly head: string; readonly text: string } {
  switch (reason.kind) {
    case 'finding':
      return { head: 'Abweichung', text: sentence(reason.title) };
    case 'knownDeviation':
      return {
        head: `Bekannte Abweichung, akzeptiert bis ${dateText(reason.until)}`,
        text: `${sentence(reason.title)} ${sentence(reason.text)} ${reason.issue}`,
      };
    case 'noCheck':
      return { head: 'Keine Prüfung', text: 'In diesem Lauf war keine Prüfung dafür vorgesehen.' };
    case 'notRun':
      return { head: 'Nicht ausgeführt', text: 'Die Prüfung war geplant und wurde nicht ausgeführt.' };
    case 'inconclusive':
      return { head: 'Ohne Ergebnis', text: sentence(reason.text) };
    case 'rigFault':
      return { head: 'Prüfstand gestört', text: sentence(reason.text) };
    case 'notApplicable':
      return { head: 'Nicht anwendbar', text: sentence(reason.text) };
    case 'open':
      return { head: 'Noch offen', text: sentence(reason.text) };
    case 'humanEvidenceMissing':
      return { head: 'Nachweis durch Menschen fehlt', text: sentence(reason.text) };
  }
}

/** The reason as one line. */
export function reasonText(reason: Reason): string {
  const { head, text } = reasonWords(reason);
  return 'check' in reason ? `${head} (${reason.check}): ${text}` : `${head}: ${text}`;
}
