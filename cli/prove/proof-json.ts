import type { MutationReport } from '../../conformance/mutants/mutation-report.ts';
import type { FamilyCounts } from './prove-families.ts';
import type { RecordingProof } from './prove-recordings.ts';

interface Proof {
  readonly durationMs: number;
  readonly families: readonly FamilyCounts[];
  readonly mutation: RecordingProof | undefined;
}

/** The contract of `prove --json`. What mutants showed in detail stands beside the families, for it is long. */
export function proofJson({ durationMs, families, mutation }: Proof) {
  const counted: Readonly<Record<string, object>> = Object.fromEntries(
    families.map(({ name, ...counts }) => [name, counts]),
  );
  if (mutation === undefined) return { durationMs, families: counted };
  const conformance = { ...counted['conformance'], mutants: mutantCounts(mutation.report) };
  const { durationMs: mutationMs, report } = mutation;
  return { durationMs, families: { ...counted, conformance }, mutation: { durationMs: mutationMs, ...report } };
}

/** Shares are 0..1. `excluded` counts mutants that a written rule takes out of `constrained`; `noticed` and `rate` are of those left, `rateOverAll` of all. */
function mutantCounts({ mutants, constrained, all, excluded }: MutationReport) {
  return {
    total: mutants,
    constrained: constrained.mutants,
    noticed: constrained.noticed,
    excluded: excluded.total,
    rate: constrained.rate,
    rateOverAll: all.rate,
  };
}
