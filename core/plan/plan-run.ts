import { type Capability, capabilities } from '../model/capability.ts';
import type { CatalogueEntry } from '../model/check.ts';
import type { FamilyName } from '../model/family.ts';
import type { PlannedCheck } from '../model/journal-entry.ts';
import type { Outcome } from '../model/outcome.ts';

export type Depth = 'standard' | 'full';

export interface PlanOptions {
  readonly entries: readonly CatalogueEntry[];
  /** What target and machine together offer. */
  readonly available: ReadonlySet<Capability>;
  readonly only?: readonly FamilyName[];
  /** Default `full`. */
  readonly depth?: Depth;
  /** Which checks were asked for, by id, whatever the depth; without it all of that depth. */
  readonly isWanted?: (checkId: string) => boolean;
}

/** Decides before anything runs which checks run, and what becomes of the others. Ordered by id. */
export function planRun({ entries, available, only, depth, isWanted }: PlanOptions): readonly PlannedCheck[] {
  const leftOut = ({ meta }: CatalogueEntry): Outcome | undefined => {
    if (isWanted !== undefined) return isWanted(meta.id) ? undefined : notAskedFor;
    return depth === 'standard' && meta.depth === 'full' ? onlyAtFullDepth : undefined;
  };
  return entries
    .filter((entry) => only === undefined || only.includes(entry.family))
    .toSorted((a, b) => (a.meta.id < b.meta.id ? -1 : 1))
    .map((entry) => plannedCheck(entry, leftOut(entry) ?? decidedBefore(entry, available)));
}

/** Silence is never a pass: what was left out stays open. */
const notAskedFor: Outcome = { kind: 'inconclusive', reason: 'Die Prüfung wurde auf Wunsch ausgelassen.' };

const onlyAtFullDepth: Outcome = {
  kind: 'inconclusive',
  reason: 'Die Prüfung dauert lange und läuft nur bei voller Tiefe (--depth full).',
};

const decidedBefore = ({ meta }: CatalogueEntry, available: ReadonlySet<Capability>) =>
  outcomeWithoutRunning(meta.needs.filter((need) => !available.has(need)));

function plannedCheck({ family, area, meta }: CatalogueEntry, decided: Outcome | undefined): PlannedCheck {
  return {
    id: meta.id,
    family,
    area,
    title: meta.title,
    requirements: meta.requirements,
    standing: meta.standing ?? 'normative',
    ...(meta.spec !== undefined && { spec: meta.spec }),
    ...(decided && { decided }),
  };
}

function outcomeWithoutRunning(missing: readonly Capability[]): Outcome | undefined {
  const features = missing.filter((need) => capabilities[need].kind === 'feature');
  const reasonFor = (needs: readonly Capability[]) => needs.map((need) => capabilities[need].absent).join(' ');
  // An absent feature settles the question; lacking access or tools leaves it open.
  if (features.length > 0) return { kind: 'notApplicable', reason: reasonFor(features) };
  return missing.length > 0 ? { kind: 'inconclusive', reason: reasonFor(missing) } : undefined;
}
