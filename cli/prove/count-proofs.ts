import { type ControlEnd, controlEnd, type TrueFindings } from '../../core/run/control-end.ts';
import type { CheckProof } from '../../core/run/prove-checks.ts';
import type { DiscoveredCheck } from '../discover.ts';
import type { FamilyCounts } from './prove-families.ts';

/** A check that could not run keeps its counterexamples in the total: unproven is not proven. */
export function countProofs(
  checks: readonly DiscoveredCheck[],
  proofs: readonly CheckProof[],
  known: TrueFindings,
): Omit<FamilyCounts, 'name'> {
  const ends = proofs.map(({ check, control }) => controlEnd(check, control.outcome, known));
  const planned = checks.flatMap(({ check }) => check.counterexamples);
  const red = proofs.flatMap(({ check, counterexamples }) =>
    counterexamples.flatMap((one, index) => (one.red ? [counterexampleOf(checks, check, index)] : [])),
  );
  return {
    checks: checks.length,
    controls: countBy(ends),
    counterexamples: { total: planned.length, red: red.length },
    defects: {
      total: planned.filter(isPlanted).length,
      detected: red.filter(isPlanted).length,
      falseAlarms: ends.filter((end) => end === 'falseAlarm').length,
    },
  };
}

const counterexampleOf = (checks: readonly DiscoveredCheck[], id: string, index: number) =>
  checks.find(({ meta }) => meta.id === id)?.check.counterexamples[index];

/** Planted in a part of ours, which names the safeguard it skips; others alter what the target says. */
const isPlanted = (counterexample: { readonly defect: unknown } | undefined): boolean =>
  typeof counterexample?.defect === 'object' && counterexample.defect !== null && 'skips' in counterexample.defect;

const countBy = (ends: readonly ControlEnd[]): FamilyCounts['controls'] =>
  Object.fromEntries([...Map.groupBy(ends, (end) => end)].map(([end, of]) => [end, of.length]));
