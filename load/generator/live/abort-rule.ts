import { UsageError } from '../../../core/model/usage-error.ts';
import type { LiveFigures } from './live-figures.ts';

/** A limit that ends a run early. */
export interface AbortRule {
  readonly figure: 'delivery-p95' | 'errors';
  /** Milliseconds, or percent of the requests. */
  readonly limit: number;
}

/** A single bad second ends nothing. */
const secondsInARow = 3;

/** From `delivery-p95=3000,errors=5`. Throws UsageError. */
export function abortRulesFrom(text: string): AbortRule[] {
  return text.split(',').map((part) => {
    const [figure = '', value = ''] = part.split('=');
    const limit = Number(value);
    const isKnown = figure === 'delivery-p95' || figure === 'errors';
    if (isKnown && value !== '' && Number.isFinite(limit) && limit > 0) return { figure, limit };
    throw new UsageError({
      en: `--abort-on takes delivery-p95=<milliseconds> and errors=<percent>, got ${part}`,
      de: `--abort-on nimmt delivery-p95=<Millisekunden> und errors=<Prozent>, nicht ${part}`,
    });
  });
}

/** Told every second; answers in German once a limit was exceeded in several seconds in a row. */
export function watchRules(rules: readonly AbortRule[]): (figures: LiveFigures) => string | undefined {
  const exceeded = new Map<AbortRule, number>();
  return (figures) => {
    for (const rule of rules) {
      const isOver = (valueIn(rule, figures) ?? 0) > rule.limit;
      const count = isOver ? (exceeded.get(rule) ?? 0) + 1 : 0;
      exceeded.set(rule, count);
      if (count >= secondsInARow) return textOf(rule, figures);
    }
    return undefined;
  };
}

function valueIn({ figure }: AbortRule, figures: LiveFigures): number | undefined {
  if (figure === 'delivery-p95') return figures.deliveryP95Ms;
  const { requestsPerSecond, failedPerSecond } = figures;
  return requestsPerSecond === 0 ? undefined : (100 * failedPerSecond) / requestsPerSecond;
}

function textOf(rule: AbortRule, figures: LiveFigures): string {
  const value = Math.round(valueIn(rule, figures) ?? 0);
  const at = `in Sekunde ${figures.second} der Messung`;
  return rule.figure === 'errors'
    ? `${value} % der Anfragen schlugen fehl, erlaubt waren ${rule.limit} % (${at}).`
    : `95 von 100 Zustellungen brauchten bis zu ${value} ms, erlaubt waren ${rule.limit} ms (${at}).`;
}
