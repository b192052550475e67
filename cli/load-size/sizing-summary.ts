import type { Sizing } from '../../core/model/sizing.ts';
import { resourceWords } from '../../reports/texts/sizing.ts';
import { numberText } from '../../reports/texts/wording.ts';
import type { Prediction } from './prediction.ts';

/** A few German lines for the terminal; the page tells the rest. */
export function sizingSummary(sizing: Sizing, folder: string, prediction?: Prediction): string {
  const { knee, limitingResource, holdOut, reservations } = sizing;
  const carried = knee.reached
    ? `Getragen: ${knee.users} Personen; mit ${knee.high} bricht eine Grenze.`
    : `Getragen: mindestens ${knee.users} Personen; keine Grenze brach.`;
  const error =
    holdOut === null ? '' : `Vorhersage der höchsten Stufe: Fehler ${numberText(100 * holdOut.errorShare)} %.`;
  const expected =
    prediction === undefined
      ? ''
      : `Mit ${prediction.users} Personen zu erwarten: ${numberText(prediction.throughput)} Zustellungen je Sekunde.`;
  const lines = [
    carried,
    `Zuerst gibt nach: ${resourceWords(limitingResource)}.`,
    error,
    expected,
    ...reservations,
    folder,
  ];
  return lines.filter((line) => line !== '').join('\n');
}
