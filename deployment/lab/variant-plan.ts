import type { VariantName } from '../../core/model/lab.ts';

/** How a variant is reached. The ports are tried first, so that addresses are the same in every run. */
export interface VariantPlan {
  readonly port: number;
  /** Speaks TLS with a certificate of the lab's authority and answers other homeservers. */
  readonly federates: boolean;
}

export const variantPlans: Readonly<Record<VariantName, VariantPlan>> = {
  open: { port: 8450, federates: false },
  limited: { port: 8451, federates: false },
  federated: { port: 8452, federates: true },
  partner: { port: 8453, federates: true },
};
