import type { VerdictKind } from '../../../core/judge/verdict.ts';
import { type AreaKey, areaKeys } from '../../../requirements/catalogue.ts';
import type { ReportModel } from '../../report-model.ts';
import { areaWords, verdictOrder, verdictWords } from '../../texts/de.ts';
import { openCauseOf, openCauses, openCauseWords } from '../../texts/open-questions.ts';
import { headings, requirement as words } from '../../texts/report.ts';
import { capitalised } from '../../texts/wording.ts';
import { html } from './html.ts';
import { requirementRow } from './requirement-row.ts';

type Row = ReportModel['verdicts'][number];

/** The verdict on each requirement, area by area, what stands in the way first. */
export function requirementsSection(model: ReportModel) {
  return html`<section aria-labelledby="anforderungen">
    <h2 id="anforderungen">${headings.requirements}</h2>
    ${areaKeys.map((key) =>
      area(
        model,
        key,
        model.verdicts.filter(({ requirement }) => requirement.id.startsWith(`${key}-`)),
      ),
    )}
  </section>`;
}

function area(model: ReportModel, key: AreaKey, rows: readonly Row[]) {
  if (rows.length === 0) return null;
  return html`<section aria-labelledby=${`bereich-${key}`}>
    <h3 id=${`bereich-${key}`}>${areaWords[key].title}</h3>
    ${verdictOrder
      .flatMap((kind) => groupsOf(kind, rows))
      .map(
        ({
          head,
          kind,
          members,
        }) => html`<h4 class=${kind}><span aria-hidden="true">${verdictWords[kind].sign}</span> ${words.count(capitalised(head), members.length)}</h4>
    <ul class="rows">${members.map((row) => requirementRow(model, row))}</ul>`,
      )}
  </section>`;
}

interface Group {
  readonly kind: VerdictKind;
  readonly head: string;
  readonly members: readonly Row[];
}

function groupsOf(kind: VerdictKind, rows: readonly Row[]): readonly Group[] {
  const members = rows.filter(({ verdict }) => verdict.kind === kind);
  const groups =
    kind === 'notAssessed'
      ? openCauses.map((cause) => ({
          kind,
          head: `${verdictWords[kind].word}: ${openCauseWords[cause].head}`,
          members: members.filter((row) => openCauseOf(row) === cause),
        }))
      : [{ kind, head: verdictWords[kind].word, members }];
  return groups.filter((group) => group.members.length > 0);
}
