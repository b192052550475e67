import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../requirements/catalogue.ts';
import type { JournalEvent } from '../model/journal-entry.ts';
import type { Outcome, OutcomeKind } from '../model/outcome.ts';
import {
  automaticRequirement,
  checkFinished,
  exampleFinding,
  exampleOutcomes,
  manualRequirement,
  partlyRequirement,
  plannedCheck,
  planWritten,
} from '../testing/examples.ts';
import { judge } from './judge.ts';
import type { Reason, VerdictKind } from './verdict.ts';

const automatic = automaticRequirement('SI-01');
const withOpenPart = automaticRequirement('SI-01', ['Der Fall ohne Netz.']);
const { passed, failed, notApplicable, inconclusive, rigFault } = exampleOutcomes;

const known = { issue: 'https://example.org/1', reason: 'Gemeldet.', until: '2027-03-31' };
const knownFinding = { ...exampleFinding, known };
const knownOnly: Outcome = { kind: 'failed', findings: [knownFinding] };
const knownAndNew: Outcome = { kind: 'failed', findings: [knownFinding, { ...exampleFinding, code: 'new' }] };

type Ending = OutcomeKind | 'never' | `decided:${'notApplicable' | 'inconclusive'}`;

/** One planned check per ending, all speaking to SI-01. */
function eventsFrom(endings: readonly Ending[]): readonly JournalEvent[] {
  const plan = endings.map((ending, index) => {
    const decided = ending.startsWith('decided:') ? { decided: exampleOutcomes[ending.slice(8) as OutcomeKind] } : {};
    return plannedCheck(`check-${index}`, ['SI-01'], decided);
  });
  const finished = endings.flatMap((ending, index) =>
    ending in exampleOutcomes ? [checkFinished(`check-${index}`, exampleOutcomes[ending as OutcomeKind])] : [],
  );
  return [planWritten(...plan), ...finished];
}

function verdictOn(requirement: Requirement, events: readonly JournalEvent[]) {
  const [verdict] = judge([requirement], events);
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}

describe('judge', () => {
  it.each<[title: string, Requirement, readonly Ending[], VerdictKind, readonly Reason['kind'][]]>([
    ['one passed check', automatic, ['passed'], 'met', []],
    ['all checks passed', automatic, ['passed', 'passed'], 'met', []],
    ['a passed and an inapplicable check', automatic, ['passed', 'notApplicable'], 'met', ['notApplicable']],
    [
      'only inapplicable checks',
      automatic,
      ['decided:notApplicable', 'notApplicable'],
      'notApplicable',
      ['notApplicable', 'notApplicable'],
    ],
    ['no check', automatic, [], 'notAssessed', ['noCheck']],
    ['a check that never ran', automatic, ['never'], 'notAssessed', ['notRun']],
    ['a passed and a check that never ran', automatic, ['passed', 'never'], 'notAssessed', ['notRun']],
    ['an open check', automatic, ['inconclusive'], 'notAssessed', ['inconclusive']],
    ['a passed and an open check', automatic, ['passed', 'decided:inconclusive'], 'notAssessed', ['inconclusive']],
    ['a broken bench', automatic, ['rigFault'], 'notAssessed', ['rigFault']],
    ['a passed check and a broken bench', automatic, ['passed', 'rigFault'], 'notAssessed', ['rigFault']],
    [
      'an inapplicable check and a broken bench',
      automatic,
      ['notApplicable', 'rigFault'],
      'notAssessed',
      ['notApplicable', 'rigFault'],
    ],
    ['a failed check', automatic, ['failed'], 'violated', ['finding']],
    ['a failed among passed checks', automatic, ['passed', 'failed', 'passed'], 'violated', ['finding']],
    ['a failed check and a broken bench', automatic, ['failed', 'rigFault'], 'violated', ['finding', 'rigFault']],
    ['an open part', withOpenPart, ['passed'], 'notAssessed', ['open']],
    ['an open part and inapplicable checks', withOpenPart, ['notApplicable'], 'notAssessed', ['notApplicable', 'open']],
    ['an open part and a failed check', withOpenPart, ['failed'], 'violated', ['finding', 'open']],
    ['missing human evidence', partlyRequirement('SI-01'), ['passed'], 'notAssessed', ['humanEvidenceMissing']],
    [
      'missing human evidence and no check',
      partlyRequirement('SI-01'),
      [],
      'notAssessed',
      ['humanEvidenceMissing', 'noCheck'],
    ],
    ['only a human to ask', manualRequirement('SI-01'), [], 'notAssessed', ['humanEvidenceMissing']],
    [
      'only a human to ask but a failed check',
      manualRequirement('SI-01'),
      ['failed'],
      'violated',
      ['finding', 'humanEvidenceMissing'],
    ],
  ])('judges %s', (_title, requirement, endings, kind, reasons) => {
    const verdict = verdictOn(requirement, eventsFrom(endings));
    expect(verdict.kind).toBe(kind);
    expect(verdict.reasons.map((reason) => reason.kind)).toEqual(reasons);
  });

  it.each<[string, readonly Outcome[], Requirement, VerdictKind]>([
    ['alone', [knownOnly], automatic, 'accepted'],
    ['beside passed checks', [passed, knownOnly], automatic, 'accepted'],
    ['beside a new one', [knownAndNew], automatic, 'violated'],
    ['beside a new one of another check', [knownOnly, failed], automatic, 'violated'],
    ['while something is open', [knownOnly, inconclusive], automatic, 'notAssessed'],
    ['while human evidence is missing', [knownOnly], partlyRequirement('SI-01'), 'notAssessed'],
  ])('judges a known deviation %s', (_title, outcomes, requirement, kind) => {
    const plan = outcomes.map((_outcome, index) => plannedCheck(`check-${index}`, ['SI-01']));
    const finished = outcomes.map((outcome, index) => checkFinished(`check-${index}`, outcome));
    const verdict = verdictOn(requirement, [planWritten(...plan), ...finished]);
    expect(verdict.kind).toBe(kind);
    expect(verdict.reasons).toContainEqual({
      kind: 'knownDeviation',
      check: expect.any(String),
      title: exampleFinding.title,
      issue: known.issue,
      text: known.reason,
      until: known.until,
    });
  });

  describe('of a finding that concerns another requirement than its check', () => {
    const about = (...concerns: string[]) => ({ ...exampleFinding, concerns });
    const apart = { kind: 'passed', observed: 'Gesehen.' } as const;
    const both = [automatic, automaticRequirement('KO-05')];
    const verdicts = (outcome: Outcome) =>
      judge(both, [planWritten(plannedCheck('a', ['SI-01'])), checkFinished('a', outcome)]).map(({ kind }) => kind);

    it('says nothing about the requirement of the check, which gets what the check itself concluded', () => {
      expect(verdicts({ kind: 'failed', findings: [about('KO-05')], otherwise: apart })).toEqual(['met', 'violated']);
      const open = { kind: 'inconclusive', reason: 'Offen.' } as const;
      expect(verdicts({ kind: 'failed', findings: [about('KO-05')], otherwise: open })).toEqual([
        'notAssessed',
        'violated',
      ]);
    });

    it('never makes a requirement met when nobody said how the check ended otherwise', () => {
      expect(verdicts({ kind: 'failed', findings: [about('KO-05')] })).toEqual(['notAssessed', 'violated']);
    });

    it('counts the worst of several attempts', () => {
      const open = { kind: 'inconclusive', reason: 'Offen.' } as const;
      const red: Outcome = { kind: 'failed', findings: [about('KO-05')], otherwise: apart };
      for (const order of [
        [red, open],
        [open, red],
      ]) {
        const finished = order.map((outcome) => checkFinished('a', outcome));
        const kinds = judge(both, [planWritten(plannedCheck('a', ['SI-01'])), ...finished]).map(({ kind }) => kind);
        expect(kinds).toEqual(['notAssessed', 'violated']);
      }
    });

    it('leaves findings of the check itself where they belong', () => {
      expect(verdicts({ kind: 'failed', findings: [exampleFinding, about('KO-05')] })).toEqual([
        'violated',
        'violated',
      ]);
    });
  });

  it('takes a failure without a finding neither for a violation nor for a pass', () => {
    const empty = { kind: 'failed', findings: [] as never } as const;
    const events = [planWritten(plannedCheck('a', ['SI-01'])), checkFinished('a', empty)];
    expect(verdictOn(automatic, events).kind).toBe('notAssessed');
  });

  it.each([
    ['informative', 'beside a passed check', 'passed', 'met'],
    ['informative', 'alone', undefined, 'notAssessed'],
    ['proposed', 'beside a passed check', 'passed', 'met'],
  ] as const)('lists what failed of %s rules and decides nothing by it: %s', (standing, _title, normative, kind) => {
    const events = [
      planWritten(
        plannedCheck('told', ['SI-01'], { standing }),
        ...(normative === undefined ? [] : [plannedCheck('bound', ['SI-01'])]),
      ),
      checkFinished('told', failed),
      ...(normative === undefined ? [] : [checkFinished('bound', exampleOutcomes[normative])]),
    ];
    const verdict = verdictOn(automatic, events);
    expect(verdict.kind).toBe(kind);
    expect(verdict.checks).toContainEqual({ id: 'told', outcome: 'failed' });
  });

  it('decides by what the operator wishes beyond the specification', () => {
    const events = [planWritten(plannedCheck('a', ['SI-01'], { standing: 'wish' })), checkFinished('a', failed)];
    expect(verdictOn(automatic, events).kind).toBe('violated');
  });

  it('judges every requirement in the order of the catalogue', () => {
    const requirements = [automaticRequirement('VE-02'), automatic, manualRequirement('DS-01')];
    expect(judge(requirements, []).map(({ requirement }) => requirement)).toEqual(['VE-02', 'SI-01', 'DS-01']);
  });

  it('lets one check speak to several requirements', () => {
    const requirements = [automatic, automaticRequirement('VE-02'), automaticRequirement('VE-03')];
    const events = [planWritten(plannedCheck('a', ['SI-01', 'VE-02'])), checkFinished('a', failed)];
    expect(judge(requirements, events).map(({ kind }) => kind)).toEqual(['violated', 'violated', 'notAssessed']);
  });

  it('names checks, how they ended, and each finding with its check and fingerprint', () => {
    const verdict = verdictOn(automatic, eventsFrom(['failed', 'never']));
    expect(verdict.checks).toEqual([
      { id: 'check-0', outcome: 'failed' },
      { id: 'check-1', outcome: 'notRun' },
    ]);
    expect(verdict.findings).toEqual([
      { ...exampleFinding, check: 'check-0', fingerprint: 'check-0#old-protocol-accepted@hs1.example:443' },
    ]);
    expect(verdict.reasons[0]).toEqual({ kind: 'finding', check: 'check-0', title: exampleFinding.title });
  });

  it.each([
    [[passed, failed], 'violated'],
    [[failed, passed], 'violated'],
    [[failed, rigFault], 'violated'],
    [[rigFault, failed], 'violated'],
    [[rigFault, passed], 'met'],
    [[passed, inconclusive], 'notAssessed'],
    [[inconclusive, passed], 'notAssessed'],
    [[inconclusive, notApplicable], 'notAssessed'],
    [[rigFault, rigFault], 'notAssessed'],
  ])('takes the worst of several attempts, and of a broken bench the other: %j', (attempts, kind) => {
    const finished = attempts.map((outcome, index) => checkFinished('a', outcome, index + 1));
    expect(verdictOn(automatic, [planWritten(plannedCheck('a', ['SI-01'])), ...finished]).kind).toBe(kind);
  });

  it('counts every deviation of several attempts once', () => {
    const other = { ...exampleFinding, where: 'hs1.example:8448' };
    const verdict = verdictOn(automatic, [
      planWritten(plannedCheck('a', ['SI-01'])),
      checkFinished('a', failed, 1),
      checkFinished('a', { kind: 'failed', findings: [exampleFinding, other] }, 2),
    ]);
    expect(verdict.findings.map(({ where }) => where)).toEqual(['hs1.example:443', 'hs1.example:8448']);
  });

  it('keeps checks of an earlier plan when a resumed run writes a shorter one', () => {
    const events = [
      planWritten(plannedCheck('a', ['SI-01']), plannedCheck('b', ['SI-01'])),
      checkFinished('a', passed),
      planWritten(plannedCheck('a', ['SI-01'])),
    ];
    expect(verdictOn(automatic, events).kind).toBe('notAssessed');
  });
});
