import { describe, expect, it } from 'vitest';
import {
  automaticRequirement,
  checkFinished,
  exampleOutcomes,
  exampleRunStarted,
  plannedCheck,
  planWritten,
} from '../core/testing/examples.ts';
import resultsSchema from '../schemas/suite/results.schema.json' with { type: 'json' };
import { createValidator } from '../schemas/validator.ts';
import { reportModelFrom } from './report-model.ts';
import { resultsFrom } from './results.ts';
import { entriesOf, finishedEvent, modelOf } from './testing/example-model.ts';

const { passed, failed, rigFault } = exampleOutcomes;
const requirements = [automaticRequirement('SI-01')];
const plan = planWritten(plannedCheck('a', ['SI-01']));
const sha256 = 'a'.repeat(64);
const picture = { name: 'Bild', mediaType: 'image/png', sha256, file: `evidence/${sha256}.png`, sizeBytes: 1 };

describe('reportModelFrom', () => {
  it('is nothing without the start of a run', () => {
    const rest = { requirements, lastLineSha256: '', problems: [], torn: false };
    expect(reportModelFrom({ entries: [], ...rest })).toBeUndefined();
    expect(reportModelFrom({ entries: entriesOf([plan]), ...rest })).toBeUndefined();
  });

  it('counts verdicts and outcomes, and knows when the run began and ended', () => {
    const model = modelOf(requirements, [plan, checkFinished('a', passed)]);
    expect(model.verdictCounts).toEqual({ met: 1, violated: 0, notAssessed: 0, notApplicable: 0, accepted: 0 });
    expect(model.outcomeCounts).toEqual({ passed: 1, failed: 0, notApplicable: 0, inconclusive: 0, rigFault: 0 });
    expect(model.run.startedAt).toBe('2026-11-23T09:00:00.000Z');
    expect(model.finished).toEqual({ at: '2026-11-23T09:00:03.000Z', durationMs: 1000, interrupted: false });
  });

  it('adds up times and evidence over the attempts of a check', () => {
    const first = { ...checkFinished('a', rigFault, 1), evidence: [picture] };
    const second = { ...checkFinished('a', failed, 2), durationMs: 15 };
    const [check] = modelOf(requirements, [plan, first, second]).checks;
    expect(check).toMatchObject({ id: 'a', outcome: failed, durationMs: 25, evidence: [picture] });
  });

  it('shows every check title without a final full stop', () => {
    const titled = (title: string) => modelOf(requirements, [planWritten({ ...plannedCheck('a', ['SI-01']), title })]);
    const titles = ['Alles da.', 'Alles da', 'Und so weiter ...'].map((title) => titled(title).checks[0]?.title);
    expect(titles).toEqual(['Alles da', 'Alles da', 'Und so weiter ...']);
  });

  it('shows a planned check that never ended as one without outcome', () => {
    const model = modelOf(requirements, [plan, { type: 'checkStarted', check: 'a', attempt: 1 }]);
    expect(model.checks[0]?.outcome).toBeUndefined();
    expect(model.verdicts[0]?.verdict.reasons).toEqual([{ kind: 'notRun', check: 'a' }]);
  });

  it('carries accounts and what the last plan left out', () => {
    const account = { userId: '@alice:hs1.example', kind: 'bench' };
    const model = modelOf(requirements, [
      { ...plan, leftOut: ['load'] },
      { type: 'accountsUsed', accounts: [account] },
    ]);
    expect(model.accounts).toEqual([account]);
    expect(model.leftOut).toEqual(['load']);
  });

  it.each([
    ['whole', {}, 0],
    ['altered', { problems: ['Zeile 3 wurde verändert'] }, 3],
    ['broken off', { entries: entriesOf([exampleRunStarted, plan, checkFinished('a', passed)]) }, 3],
    [
      'interrupted',
      {
        entries: entriesOf([
          exampleRunStarted,
          plan,
          checkFinished('a', passed),
          { ...finishedEvent, interrupted: true } as never,
        ]),
      },
      3,
    ],
    ['without a catalogue', { requirements: [] }, 3],
  ])('lets a run that is %s end with the right code', (_how, more, exitCode) => {
    expect(modelOf(requirements, [plan, checkFinished('a', passed)], more).exitCode).toBe(exitCode);
  });

  it('lets a violation count even in a run that is not sound', () => {
    expect(modelOf(requirements, [plan, checkFinished('a', failed)], { problems: ['x'] }).exitCode).toBe(1);
  });
});

describe('resultsFrom', () => {
  const problemsOf = createValidator(resultsSchema);

  it.each([
    ['a whole run', modelOf(requirements, [plan, checkFinished('a', failed)])],
    ['a run without plan', modelOf(requirements, [])],
    ['a run without catalogue', modelOf([], [plan])],
    ['a broken-off run', modelOf(requirements, [], { entries: entriesOf([exampleRunStarted]), torn: true })],
  ])('fits its schema for %s', (_what, model) => {
    expect(problemsOf(resultsFrom(model))).toEqual([]);
  });

  it('says whether the run is complete', () => {
    expect(resultsFrom(modelOf(requirements, [plan]))).toMatchObject({ complete: true, durationMs: 1000 });
    const broken = resultsFrom(modelOf(requirements, [], { entries: entriesOf([exampleRunStarted]) }));
    expect(broken.complete).toBe(false);
    expect(broken).not.toHaveProperty('finishedAt');
  });
});
