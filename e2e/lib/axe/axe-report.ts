import type axe from 'axe-core';
import { clausesFrom } from './rules.ts';
import { stableSelector } from './stable-selector.ts';

/** What axe says about one rule in one state. */
export interface AxeItem {
  readonly rule: string;
  /** German sentence of the rule. */
  readonly help: string;
  readonly clauses: readonly string[];
  readonly impact: string;
  readonly nodes: readonly AxeNode[];
}

export interface AxeNode {
  readonly selector: string;
  /** German sentence on what is wrong there. */
  readonly message: string;
}

export interface AxeReport {
  readonly axeVersion: string;
  readonly violations: readonly AxeItem[];
  /** Axe could not decide: a person has to look. Never thrown away. */
  readonly undecided: readonly AxeItem[];
  readonly passed: readonly string[];
  readonly inapplicable: readonly string[];
}

/** Keeps what readers need and no markup, which would hold what people wrote. */
export function axeReportFrom(results: axe.AxeResults, candidates: ReadonlySet<string>): AxeReport {
  const items = results.violations.map(itemFrom);
  return {
    axeVersion: results.testEngine.version,
    violations: items.filter(({ rule }) => !candidates.has(rule)),
    undecided: [...items.filter(({ rule }) => candidates.has(rule)), ...results.incomplete.map(itemFrom)],
    passed: results.passes.map(({ id }) => id),
    inapplicable: results.inapplicable.map(({ id }) => id),
  };
}

const itemFrom = ({ id, help, tags, impact, nodes }: axe.Result): AxeItem => ({
  rule: id,
  help,
  clauses: clausesFrom(tags),
  impact: impact ?? 'unknown',
  nodes: nodes.map((node) => ({ selector: stableSelector(selectorOf(node.target)), message: messageOf(node) })),
});

/** Frames and shadow trees are entered from outside to inside. */
const selectorOf = (target: axe.NodeResult['target']): string => target.flat().join(' » ');

const messageOf = ({ any, all, none }: axe.NodeResult): string =>
  [...any, ...all, ...none].map(({ message }) => germanNumbers(message)).join('; ');

/** The German texts of axe carry English numbers. */
export const germanNumbers = (text: string): string => text.replace(/(\d)\.(\d)/g, '$1,$2');
