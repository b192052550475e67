import type { Finding } from '../../../core/model/finding.ts';
import { fingerprintOf } from '../../../core/model/finding.ts';
import type { ReportedCheck, ReportModel } from '../../report-model.ts';

export interface NumberedFinding {
  readonly anchor: string;
  readonly fingerprint: string;
  readonly check: ReportedCheck;
  readonly finding: Finding;
}

/** Every finding once, in the order of the checks, with the anchor under which the report shows it. */
export function numberedFindings({ checks }: ReportModel): readonly NumberedFinding[] {
  return checks
    .flatMap((check) =>
      check.outcome?.kind === 'failed' ? check.outcome.findings.map((finding) => ({ check, finding })) : [],
    )
    .map(({ check, finding }, index) => ({
      check,
      finding,
      fingerprint: fingerprintOf(check.id, finding),
      anchor: `abweichung-${index + 1}`,
    }));
}
