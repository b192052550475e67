import junitReport from 'junit-report-builder';
import type { Finding } from '../../core/model/finding.ts';
import type { Renderer } from '../renderer.ts';
import type { ReportedCheck } from '../report-model.ts';

// A CommonJS package: its default export is a property of the module.
const junit = junitReport.default;

/** For continuous integration: one suite per family; what is open counts as skipped, a broken bench as error, never as passed. */
export const junitRenderer: Renderer = {
  format: 'junit',
  file: 'junit.xml',
  render: ({ run, checks }) => {
    const builder = junit.newBuilder();
    for (const family of new Set(checks.map((check) => check.family))) {
      const suite = builder.testSuite().name(family).timestamp(run.startedAt);
      for (const check of checks.filter((candidate) => candidate.family === family)) addCase(suite, check);
    }
    return builder.build();
  },
};

type Suite = ReturnType<ReturnType<typeof junit.newBuilder>['testSuite']>;

function addCase(suite: Suite, { id, family, outcome, durationMs }: ReportedCheck): void {
  const test = suite
    .testCase()
    .className(family)
    .name(id)
    .time(durationMs / 1000);
  const skip = (reason: string) => test.skipped().standardOutput(reason);
  if (outcome === undefined) skip('geplant, aber nicht ausgeführt');
  else if (outcome.kind === 'failed') test.failure(outcome.findings.map(findingLine).join('\n'));
  else if (outcome.kind === 'rigFault') test.error(outcome.message, outcome.code);
  else if (outcome.kind !== 'passed') skip(outcome.reason);
}

const findingLine = ({ title, where, observed }: Finding) => `${title} (${where}): ${observed}`;
