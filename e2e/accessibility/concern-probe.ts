import type { Counterexample } from '../../core/model/check.ts';
import type { Finding, NonEmpty } from '../../core/model/finding.ts';
import { type CheckOutcome, notApplicable, outcomeOf } from '../../core/model/outcome.ts';
import type { RequirementId } from '../../requirements/catalogue.ts';
import type { AxeItem, AxeReport } from '../lib/axe/axe-report.ts';
import { type Concern, rulesOf } from '../lib/axe/rules.ts';
import { stateNames, stateTitles } from '../lib/states.ts';
import type { AccessibilityContext, AccessibilityDefect, AccessibilityProbe, ClientState } from './context.ts';

export interface ConcernProbe {
  readonly concern: Concern;
  readonly title: string;
  readonly requirements: NonEmpty<RequirementId>;
  readonly counterexamples: NonEmpty<Counterexample<AccessibilityDefect>>;
  /** What axe does not look at. */
  readonly alsoFind?: (state: ClientState) => Promise<readonly Finding[]>;
}

/** A probe that runs axe's rules for one concern over every state of the client. Its id is that of the concern. */
export function defineConcernProbe(probe: ConcernProbe): AccessibilityProbe {
  return {
    meta: {
      id: `accessibility.criteria.${probe.concern}`,
      title: probe.title,
      requirements: probe.requirements,
      needs: ['webClient', 'chromium', 'accounts', 'passwordAccounts', 'passwordLogin', 'mayMutate'],
      timeoutMs: 180_000,
      spec: 'https://www.etsi.org/deliver/etsi_en/301500_301599/301549/03.02.01_60/en_301549v030201p.pdf',
    },
    counterexamples: probe.counterexamples,
    run: (context) => look(context, probe),
  };
}

interface Seen {
  readonly report: AxeReport;
  readonly findings: readonly Finding[];
}

async function look(context: AccessibilityContext, { concern, alsoFind }: ConcernProbe): Promise<CheckOutcome> {
  const rules = rulesOf(concern);
  const seen: Seen[] = [];
  for (const name of stateNames) {
    const state = await context.state(name);
    const report = await state.axe(rules);
    const own = (await alsoFind?.(state)) ?? [];
    seen.push({ report, findings: [...report.violations.map((item) => findingFrom(state, item)), ...own] });
  }
  return outcomeFrom(rules.length, seen);
}

function outcomeFrom(rules: number, seen: readonly Seen[]): CheckOutcome {
  const findings = seen.flatMap((one) => one.findings);
  const applied = new Set(
    seen.flatMap(({ report }) => [...report.passed, ...report.violations.map(({ rule }) => rule)]),
  );
  const undecided = seen.flatMap(({ report }) => report.undecided.flatMap(({ nodes }) => nodes)).length;
  if (applied.size === 0 && undecided === 0 && findings.length === 0) {
    return notApplicable('Keine der Ansichten enthält etwas, für das diese Regeln gelten.');
  }
  const views = stateNames.map((name) => stateTitles[name]).join(', ');
  const open = undecided === 0 ? '' : ` ${undecided} Stellen kann axe nicht entscheiden; sie stehen im axe-Bericht.`;
  return outcomeOf(findings, `${views}: ${applied.size} von ${rules} Regeln waren anwendbar, kein Verstoß.${open}`, {
    figures: { rules, rulesApplied: applied.size, undecidedNodes: undecided },
  });
}

/** The view is part of the code, so the same rule broken in two views makes two findings that can be told apart. */
function findingFrom(state: ClientState, { rule, help, clauses, nodes }: AxeItem): Finding {
  const [first] = nodes;
  const criteria = clauses.map((clause) => `${clause} (WCAG ${clause.slice(2)})`).join(', ');
  const amount = nodes.length === 1 ? '1 Element verstößt' : `${nodes.length} Elemente verstoßen`;
  return {
    code: `${rule}-${state.name}`,
    title: `${state.title}: ${amount} gegen „${help.replace(/\.$/, '')}“`,
    expected: `EN 301 549 Abschnitt ${criteria}: ${help}`,
    observed: nodes.map(({ selector, message }) => `${selector}: ${message}`).join('; '),
    where: `${state.title}: ${first?.selector ?? rule}`,
  };
}
