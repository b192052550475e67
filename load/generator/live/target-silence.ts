import type { Text } from '../../../core/model/text.ts';
import type { LiveFigures } from './live-figures.ts';

/** Single failures are the people's business; when nothing else comes for so long, the person at the terminal wants to know. */
const secondsInARow = 3;

/** Tells once when every request fails, and once when answers come again. */
export function watchSilence(): (figures: LiveFigures) => Text | undefined {
  let failing = 0;
  let isTold = false;
  return ({ second, failedPerSecond, pollsPerSecond }) => {
    const isAnswered = pollsPerSecond > 0;
    if (isAnswered) failing = 0;
    else if (failedPerSecond > 0) failing++;
    if (isAnswered && isTold) {
      isTold = false;
      return answersAgain(second);
    }
    if (failing < secondsInARow || isTold) return undefined;
    isTold = true;
    return allFail(second);
  };
}

const allFail = (second: number): Text => ({
  en: `The target answers no request any more (second ${second}); people go on trying, q ends the run, what was measured is kept.`,
  de: `Das Ziel beantwortet keine Anfrage mehr (Sekunde ${second}); die Personen versuchen es weiter, q beendet den Lauf, Gemessenes bleibt erhalten.`,
});

const answersAgain = (second: number): Text => ({
  en: `The target answers again (second ${second}).`,
  de: `Das Ziel antwortet wieder (Sekunde ${second}).`,
});
