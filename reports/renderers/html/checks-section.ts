import { type FamilyName, familyNames } from '../../../core/model/family.ts';
import type { Outcome, OutcomeKind } from '../../../core/model/outcome.ts';
import type { ReportedCheck, ReportModel } from '../../report-model.ts';
import { countedOutcome, familyWords, notRunText } from '../../texts/de.ts';
import { headings, check as words } from '../../texts/report.ts';
import { checkRow } from './check-row.ts';
import { html } from './html.ts';

/** Every planned check, also those that did not run; within a family what needs attention first. */
export function checksSection({ checks }: ReportModel) {
  return html`<section aria-labelledby="pruefungen">
    <h2 id="pruefungen">${headings.checks}</h2>
    ${checks.length === 0 && html`<p>${words.none}</p>`}
    ${familyNames.map((family) =>
      familyList(
        family,
        checks.filter((check) => check.family === family),
      ),
    )}
  </section>`;
}

const urgency: readonly (OutcomeKind | 'notRun')[] = [
  'failed',
  'rigFault',
  'inconclusive',
  'notRun',
  'notApplicable',
  'passed',
];

const endingOf = ({ outcome }: ReportedCheck) => outcome?.kind ?? 'notRun';

function familyList(family: FamilyName, checks: readonly ReportedCheck[]) {
  if (checks.length === 0) return null;
  const groups = urgency
    .map((kind) => ({ kind, members: checks.filter((check) => endingOf(check) === kind) }))
    .filter(({ members }) => members.length > 0);
  return html`<h3>${familyWords[family]}</h3>
    <p class="soft">${groups.map(({ kind, members }) => `${members.length} ${countedOutcome[kind]}`).join(', ')}</p>
    <ul class="rows">${groups.flatMap(({ members }) => members.map((check) => checkRow(check, outcomeText(check.outcome))))}</ul>`;
}

function outcomeText(outcome: Outcome | undefined): string {
  if (outcome === undefined) return notRunText;
  if (outcome.kind === 'passed') return outcome.observed;
  if (outcome.kind === 'failed') return outcome.findings.map(({ title }) => title).join(' · ');
  return outcome.kind === 'rigFault' ? outcome.message : outcome.reason;
}
