import { conformanceFamily, createConformanceFamily, provenAtOnce } from '../conformance/family.ts';
import { policyFamily } from '../conformance/policy/family.ts';
import type { Recordings } from '../conformance/replay/recordings.ts';
import type { FamilyName } from '../core/model/family.ts';
import type { Family } from '../core/model/family-runtime.ts';
import { accessibilityFamily } from '../e2e/accessibility/family.ts';
import { createEncryptionFamily, provenFlowsAtOnce } from '../e2e/encryption/family.ts';
import { backgroundLoadOf } from '../load/generator/background-load.ts';
import { createLoadFamily, loadFamily } from '../load/generator/family.ts';
import { officeDay } from '../load/scenarios/office-day.scenario.ts';

/** Contexts and defects differ from family to family; the engine only ever passes a family's own back to it. */
export type AnyFamily = Family<unknown, unknown>;

export const asAnyFamily = <Context, Defect>(family: Family<Context, Defect>) => family as unknown as AnyFamily;

const load = backgroundLoadOf(officeDay);

/** In the order in which they run: quick questions first, load last and alone because it disturbs the others. */
export const families: readonly AnyFamily[] = [
  asAnyFamily(policyFamily),
  asAnyFamily(conformanceFamily),
  asAnyFamily(createEncryptionFamily({ load })),
  asAnyFamily(accessibilityFamily),
  asAnyFamily(loadFamily),
];

export const provenEncryption = asAnyFamily(
  createEncryptionFamily({ load, loadScale: 'small', concurrency: provenFlowsAtOnce }),
);

/** To show that checks notice defects: runs of conformance checks are recorded, and load needs no more people in the control than in its counterexamples. */
export function provingFamilies({ equip }: Pick<Recordings, 'equip'>): readonly AnyFamily[] {
  const inPlace: Partial<Record<FamilyName, AnyFamily>> = {
    conformance: asAnyFamily(createConformanceFamily(equip, provenAtOnce)),
    encryption: provenEncryption,
    load: asAnyFamily(createLoadFamily({ scale: 'proof' })),
  };
  return families.map((family) => inPlace[family.name] ?? family);
}
