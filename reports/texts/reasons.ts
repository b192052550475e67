import type { Reason } from '../../core/judge/verdict.ts';

/** One German sentence for each reason of a verdict. */
export function reasonText(reason: Reason): string {
  switch (reason.kind) {
    case 'finding':
      return `Abweichung: ${sentence(reason.title)}`;
    case 'noCheck':
      return 'Dafür gibt es noch keine Prüfung.';
    case 'notRun':
      return `Die Prüfung ${reason.check} war geplant und wurde nicht ausgeführt.`;
    case 'inconclusive':
      return `Die Prüfung ${reason.check} blieb offen: ${sentence(reason.text)}`;
    case 'rigFault':
      return `Die Prüfung ${reason.check} scheiterte am Prüfstand: ${sentence(reason.text)}`;
    case 'notApplicable':
      return `Die Prüfung ${reason.check} ist nicht anwendbar: ${sentence(reason.text)}`;
    case 'open':
      return `Noch nicht geprüft: ${sentence(reason.text)}`;
    case 'humanEvidenceMissing':
      return `Der Nachweis durch einen Menschen fehlt: ${sentence(reason.text)}`;
  }
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
