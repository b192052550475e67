import type { Covers } from './cover.ts';

/** What people can meet with; `element` stands for the target's client. */
export type Program = 'node' | 'browser' | 'element' | 'hydrogen';

/** Checks that show it, or why none does. */
type Shown = { readonly checks: readonly string[] } | { readonly reason: string };

export interface PairOfPrograms {
  readonly pair: readonly [Program, Program];
  readonly messages: Shown;
  readonly verification: Shown;
  /** What one has read, the other reads with the recovery key. */
  readonly history: Shown;
}

const parts = {
  messages: 'Nachrichten in beide Richtungen',
  verification: 'Verifizierung',
  history: 'wiederhergestellter Verlauf',
} as const;

type Part = keyof typeof parts;

const allParts = Object.keys(parts) as readonly Part[];

/** A check that does not exist shows nothing. */
export const coversOfPairs = (pairs: readonly PairOfPrograms[], known: ReadonlySet<string>): Covers =>
  pairs.flatMap((one) =>
    allParts.map((part) => ({
      name: `${one.pair.join('–')}, ${part}`,
      title: parts[part],
      ...stateOf(one[part], known),
    })),
  );

function stateOf(shown: Shown, known: ReadonlySet<string>) {
  if ('reason' in shown) return { state: 'leftOut', reason: shown.reason } as const;
  const isKnown = shown.checks.every((id) => known.has(id));
  return isKnown ? ({ state: 'built', checks: shown.checks } as const) : ({ state: 'unexplained' } as const);
}
