import type { Text } from '../../../core/model/text.ts';
import type { Tally } from '../tally.ts';
import { type AbortRule, watchRules } from './abort-rule.ts';
import { type LiveFigures, liveFigures } from './live-figures.ts';
import { watchSilence } from './target-silence.ts';

export interface WatchOptions {
  readonly tally: Tally;
  readonly scale: { readonly users: number; readonly durationS: number };
  /** Unix time. */
  readonly measuringFromMs: number;
  readonly rules: readonly AbortRule[];
  readonly onFigures: (figures: LiveFigures) => void;
  readonly onNotice: (text: Text) => void;
  /** German. */
  readonly onLimit: (why: string) => void;
}

const everyMs = 1_000;

/** Looks at what was counted once a second until it is disposed. */
export function startWatch(options: WatchOptions): Disposable {
  const { tally, scale, measuringFromMs, onFigures, onNotice, onLimit } = options;
  const exceeded = watchRules(options.rules);
  const noticed = watchSilence();
  const timer = setInterval(() => {
    const figures = liveFigures(tally, scale, Date.now() - measuringFromMs);
    onFigures(figures);
    const notice = noticed(figures);
    if (notice !== undefined) onNotice(notice);
    const why = exceeded(figures);
    if (why !== undefined) onLimit(why);
  }, everyMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
