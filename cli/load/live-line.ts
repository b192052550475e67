import type { Language } from '../../core/model/text.ts';
import type { LiveFigures } from '../../load/generator/live/live-figures.ts';

/** What the person at the terminal sees of a second. */
export function liveLineOf(figures: LiveFigures, language: Language): string {
  const { second, durationS, online, users, pollsPerSecond, sendsPerSecond, deliveryP95Ms, failed } = figures;
  const p95 = deliveryP95Ms === undefined ? '–' : `${deliveryP95Ms} ms`;
  return language === 'de'
    ? `${second}/${durationS} s · online ${online}/${users} · Polls/s ${pollsPerSecond} · Sendungen/s ${sendsPerSecond} · Zustellung P95 ${p95} · Fehler ${failed}`
    : `${second}/${durationS} s · online ${online}/${users} · polls/s ${pollsPerSecond} · sends/s ${sendsPerSecond} · delivery P95 ${p95} · errors ${failed}`;
}

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Without a terminal a line every so often is enough for a log. */
const logEveryS = 10;

export interface LiveLine {
  show(figures: LiveFigures): void;
  /** Lets the last one stand and begins a new line. */
  leave(): void;
}

/** Rewrites one line at a terminal every second. */
export function createLiveLine(output: Output, language: Language): LiveLine {
  let isOpen = false;
  return {
    show: (figures) => {
      const line = liveLineOf(figures, language);
      if (output.isTTY === true) {
        output.write(`\r${line.slice(0, (output.columns ?? 120) - 1)}\u001b[K`);
        isOpen = true;
      } else if (figures.second % logEveryS === 0) output.write(`· ${line}\n`);
    },
    leave: () => {
      if (isOpen) output.write('\n');
      isOpen = false;
    },
  };
}
