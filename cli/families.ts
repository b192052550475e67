import { conformanceFamily } from '../conformance/family.ts';
import { policyFamily } from '../conformance/policy/family.ts';
import type { Family } from '../core/model/family-runtime.ts';
import { accessibilityFamily } from '../e2e/accessibility/family.ts';
import { encryptionFamily } from '../e2e/encryption/family.ts';
import { createLoadFamily, loadFamily } from '../load/generator/family.ts';

/** Contexts and defects differ from family to family; the engine only ever passes a family's own back to it. */
export type AnyFamily = Family<unknown, unknown>;

export const asAnyFamily = <Context, Defect>(family: Family<Context, Defect>) => family as unknown as AnyFamily;

/** In the order in which they run: quick questions first, load last and alone because it disturbs the others. */
export const families: readonly AnyFamily[] = [
  asAnyFamily(policyFamily),
  asAnyFamily(conformanceFamily),
  asAnyFamily(encryptionFamily),
  asAnyFamily(accessibilityFamily),
  asAnyFamily(loadFamily),
];

/** To show that checks notice defects, the control needs no more people than its counterexamples. */
export const provingFamilies: readonly AnyFamily[] = families.map((family) =>
  family.name === 'load' ? asAnyFamily(createLoadFamily({ scale: 'proof' })) : family,
);
