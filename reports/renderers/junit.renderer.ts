import junitReport, { type Builder, type TestCase, type TestSuite } from 'junit-report-builder';
import type { Finding, NonEmpty } from '../../core/model/finding.ts';
import type { Renderer } from '../renderer.ts';
import type { ReportedCheck } from '../report-model.ts';
import { notRunText } from '../texts/de.ts';
import { visibleText } from '../visible-text.ts';

/** The builder ends a character section at the second `]]>` it is given. */
const xmlText = (text: string) => visibleText(text).replaceAll(']]>', ']] >');

// Its types describe an ES module with a default export; Node gives the CommonJS export itself.
const junit = junitReport as unknown as Builder;

/** For continuous integration: one suite per family; what is open counts as skipped, a broken bench as error, never as passed. */
export const junitRenderer: Renderer = {
  format: 'junit',
  file: 'junit.xml',
  render: ({ run, checks }) => {
    const builder = junit.newBuilder().name(xmlText(run.runId));
    for (const family of new Set(checks.map((check) => check.family))) {
      const suite = builder.testSuite().name(family).timestamp(run.startedAt);
      for (const check of checks.filter((candidate) => candidate.family === family)) addCase(suite, check);
    }
    return `${builder.build()}\n`;
  },
};

function addCase(suite: TestSuite, { id, family, outcome, durationMs }: ReportedCheck): void {
  const test = suite
    .testCase()
    .className(family)
    .name(xmlText(id))
    .time(durationMs / 1000);
  if (outcome === undefined) skip(test, notRunText);
  else if (outcome.kind === 'failed') fail(test, outcome.findings);
  else if (outcome.kind === 'rigFault') test.error(xmlText(outcome.message), outcome.code);
  else if (outcome.kind === 'passed') test.standardOutput(xmlText(outcome.observed));
  else skip(test, outcome.reason);
}

const skip = (test: TestCase, reason: string) => test.skipped().standardOutput(xmlText(reason));

function fail(test: TestCase, findings: NonEmpty<Finding>): void {
  const titles = findings.map(({ title }) => title).join(' · ');
  test.failure(xmlText(titles), findings[0].code).stacktrace(xmlText(findings.map(findingLines).join('\n\n')));
}

const findingLines = ({ title, where, expected, observed, request }: Finding) =>
  [
    title,
    `Wo: ${where}`,
    `Erwartet: ${expected}`,
    `Beobachtet: ${observed}`,
    ...(request ? [`Anfrage: ${request}`] : []),
  ].join('\n');
