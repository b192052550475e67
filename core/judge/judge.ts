import type { Requirement } from '../../requirements/catalogue.ts';
import { type Finding, fingerprintOf } from '../model/finding.ts';
import type { CheckFinished, JournalEvent, PlannedCheck } from '../model/journal-entry.ts';
import { inconclusive, type Outcome } from '../model/outcome.ts';
import type { JudgedFinding, Reason, Verdict, VerdictKind } from './verdict.ts';

interface Conclusion {
  readonly id: string;
  readonly standing: PlannedCheck['standing'];
  /** Undefined when the check was planned and never ended. */
  readonly outcome: Outcome | undefined;
}

/** Pure: the verdict on every requirement follows from the catalogue and the journal alone. Ordered as the catalogue. */
export function judge(requirements: readonly Requirement[], events: readonly JournalEvent[]): readonly Verdict[] {
  const conclusions = conclusionsFrom(events);
  return requirements.map((requirement) => judgeRequirement(requirement, conclusions.get(requirement.id) ?? []));
}

function conclusionsFrom(events: readonly JournalEvent[]): ReadonlyMap<string, readonly Conclusion[]> {
  const outcomes = outcomesFrom(events);
  const byRequirement = new Map<string, Conclusion[]>();
  for (const check of plannedChecks(events)) {
    const { id, standing } = check;
    const outcome = outcomes.get(id) ?? check.decided;
    for (const requirement of new Set([...check.requirements, ...concernedBy(outcome)])) {
      const list = byRequirement.get(requirement) ?? [];
      byRequirement.set(requirement, [...list, { id, standing, outcome: outcomeFor(requirement, outcome) }]);
    }
  }
  return byRequirement;
}

const concernedBy = (outcome: Outcome | undefined): readonly string[] =>
  outcome?.kind === 'failed' ? outcome.findings.flatMap(({ concerns = [] }) => concerns) : [];

/** Findings speak to what they concern; for everything else the check ended as it would have without them. */
function outcomeFor(requirement: string, outcome: Outcome | undefined): Outcome | undefined {
  if (outcome?.kind !== 'failed') return outcome;
  const [first, ...rest] = outcome.findings.filter(({ concerns }) => concerns?.includes(requirement) ?? true);
  if (first !== undefined) return { ...outcome, findings: [first, ...rest] };
  return outcome.findings.length === 0 ? outcome : (outcome.otherwise ?? nothingSaid);
}

const nothingSaid = inconclusive('Was die Prüfung dazu ergab, ist nicht festgehalten.');

export function plannedChecks(events: readonly JournalEvent[]): readonly PlannedCheck[] {
  const byId = new Map<string, PlannedCheck>();
  for (const event of events) {
    if (event.type === 'planWritten') for (const check of event.checks) byId.set(check.id, check);
  }
  return [...byId.values()];
}

/** Over several attempts the worst counts: a second try never hides a first failure. */
export function outcomesFrom(events: readonly JournalEvent[]): ReadonlyMap<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  for (const event of events) {
    if (event.type !== 'checkFinished') continue;
    outcomes.set(event.check, worseOf(outcomes.get(event.check), event));
  }
  return outcomes;
}

// Broken benches give way to every other outcome: a resumed run repeats what the bench broke off.
const severity: Record<Outcome['kind'], number> = {
  failed: 4,
  inconclusive: 3,
  notApplicable: 2,
  passed: 1,
  rigFault: 0,
};

function worseOf(known: Outcome | undefined, { outcome }: CheckFinished): Outcome {
  if (known === undefined) return outcome;
  if (known.kind === 'failed') return failedBeside(known, outcome);
  if (outcome.kind === 'failed') return failedBeside(outcome, known);
  return severity[outcome.kind] > severity[known.kind] ? outcome : known;
}

/** Attempts may deviate in different places; every deviation counts once, and so does the worst of what they concluded apart from them. */
function failedBeside(known: FailedOutcome, other: Outcome): FailedOutcome {
  const seen = new Set(known.findings.map(placeOf));
  const [first, ...rest] = known.findings;
  const more = other.kind === 'failed' ? other.findings.filter((finding) => !seen.has(placeOf(finding))) : [];
  const otherwise = [known.otherwise, other.kind === 'failed' ? other.otherwise : other]
    .filter((one) => one !== undefined && one.kind !== 'rigFault')
    .toSorted((a, b) => severity[b.kind] - severity[a.kind])[0];
  return { ...known, findings: [first, ...rest, ...more], ...(otherwise && { otherwise }) };
}

type FailedOutcome = Extract<Outcome, { kind: 'failed' }>;

const placeOf = (finding: Finding) => fingerprintOf('', finding);

function judgeRequirement(requirement: Requirement, conclusions: readonly Conclusion[]): Verdict {
  // What a rule only recommends or proposes is reported with its check and decides nothing.
  const deciding = conclusions.filter(({ standing }) => standing === 'normative' || standing === 'wish');
  const findings = deciding.flatMap(findingsOf);
  const known = findings.flatMap(knownReason);
  const gaps = [...deciding.flatMap(gapsOf), ...missingParts(requirement, deciding)];
  const kind = verdictKind({ findings, gaps, conclusions: deciding });
  const unknown = findings.filter((finding) => finding.known === undefined);
  return {
    requirement: requirement.id,
    kind,
    reasons: [...unknown.map(findingReason), ...known, ...gaps],
    checks: conclusions.map(({ id, outcome }) => ({ id, outcome: outcome?.kind ?? 'notRun' })),
    findings,
  };
}

interface Grounds {
  readonly findings: readonly JudgedFinding[];
  readonly gaps: readonly Reason[];
  readonly conclusions: readonly Conclusion[];
}

function verdictKind({ findings, gaps, conclusions }: Grounds): VerdictKind {
  if (findings.some(({ known }) => known === undefined)) return 'violated';
  const onlyNotApplicable =
    conclusions.length > 0 && conclusions.every(({ outcome }) => outcome?.kind === 'notApplicable');
  if (onlyNotApplicable && gaps.every(({ kind }) => kind === 'notApplicable')) return 'notApplicable';
  const stillOpen = gaps.some(({ kind }) => kind !== 'notApplicable');
  const anyPassed = conclusions.some(({ outcome }) => outcome?.kind === 'passed');
  if (stillOpen) return 'notAssessed';
  if (findings.length > 0) return 'accepted';
  return anyPassed ? 'met' : 'notAssessed';
}

function missingParts(requirement: Requirement, conclusions: readonly Conclusion[]): readonly Reason[] {
  const parts: Reason[] = (requirement.open ?? []).map((text) => ({ kind: 'open', text }));
  if (requirement.verification !== 'automatic') {
    parts.push({ kind: 'humanEvidenceMissing', text: requirement.humanEvidence ?? '' });
  }
  if (conclusions.length === 0 && requirement.verification !== 'manual') parts.push({ kind: 'noCheck' });
  return parts;
}

function findingsOf({ id, outcome }: Conclusion): readonly JudgedFinding[] {
  if (outcome?.kind !== 'failed') return [];
  return outcome.findings.map((finding) => ({ ...finding, check: id, fingerprint: fingerprintOf(id, finding) }));
}

const knownReason = ({ check, title, known }: JudgedFinding): Reason[] =>
  known === undefined
    ? []
    : [{ kind: 'knownDeviation', check, title, issue: known.issue, text: known.reason, until: known.until }];

const findingReason = ({ check, title }: JudgedFinding): Reason => ({ kind: 'finding', check, title });

function gapsOf({ id, outcome }: Conclusion): readonly Reason[] {
  if (outcome === undefined) return [{ kind: 'notRun', check: id }];
  if (outcome.kind === 'inconclusive') return [{ kind: 'inconclusive', check: id, text: outcome.reason }];
  if (outcome.kind === 'rigFault') return [{ kind: 'rigFault', check: id, text: outcome.message }];
  if (outcome.kind === 'notApplicable') return [{ kind: 'notApplicable', check: id, text: outcome.reason }];
  return [];
}
