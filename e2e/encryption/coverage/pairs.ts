import type { Covers } from './cover.ts';
import { type Shown, stateOfShown } from './shown.ts';

/** What people can meet with; `element` stands for the target's client. */
export type Program = 'node' | 'browser' | 'element' | 'hydrogen';

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

export const coversOfPairs = (pairs: readonly PairOfPrograms[], known: ReadonlySet<string>): Covers =>
  pairs.flatMap((one) =>
    allParts.map((part) => ({
      name: `${one.pair.join('–')}, ${part}`,
      title: parts[part],
      ...stateOfShown(one[part], known),
    })),
  );
