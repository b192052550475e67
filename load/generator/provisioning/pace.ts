import { performance } from 'node:perf_hooks';
import type { Text } from '../../../core/model/text.ts';

/** Tells how far a piece of preparation is, ten times and at its end with its speed. */
export interface Pace {
  done(): void;
  readonly elapsedMs: number;
}

export interface PaceWords {
  readonly de: string;
  readonly en: string;
}

export function createPace(total: number, words: PaceWords, tell: (text: Text) => void): Pace {
  const startedAt = performance.now();
  const step = Math.max(1, Math.ceil(total / 10));
  let count = 0;
  const elapsedMs = () => performance.now() - startedAt;
  return {
    done: () => {
      count++;
      if (count === total) tell(lineFor(total, elapsedMs(), words));
      else if (count % step === 0) tell({ de: `${count}/${total} ${words.de}`, en: `${count}/${total} ${words.en}` });
    },
    get elapsedMs() {
      return elapsedMs();
    },
  };
}

function lineFor(total: number, ms: number, words: PaceWords): Text {
  const seconds = (ms / 1_000).toFixed(1);
  const speed = Math.round((1_000 * total) / Math.max(1, ms));
  return {
    de: `${total} ${words.de} in ${seconds.replace('.', ',')} s (${speed} je Sekunde)`,
    en: `${total} ${words.en} in ${seconds} s (${speed} per second)`,
  };
}
