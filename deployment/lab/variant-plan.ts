import type { VariantName } from '../../core/model/lab.ts';

/** How a variant is reached. The ports are tried first, so that addresses are the same in every run. */
export interface VariantPlan {
  readonly port: number;
  /** Speaks TLS with a certificate of the lab's authority and answers other homeservers. */
  readonly federates: boolean;
  /** Sends mail and has the OpenID provider of the bench. */
  readonly knowsSurroundings: boolean;
  /** Has the application service of the bench. */
  readonly isServed: boolean;
  /** The only homeserver it speaks with. */
  readonly lists?: VariantName;
}

export const variantPlans: Readonly<Record<VariantName, VariantPlan>> = {
  open: { port: 8450, federates: false, knowsSurroundings: true, isServed: true },
  limited: { port: 8451, federates: false, knowsSurroundings: false, isServed: false },
  federated: { port: 8452, federates: true, knowsSurroundings: false, isServed: true },
  partner: { port: 8453, federates: true, knowsSurroundings: false, isServed: false },
  selective: { port: 8454, federates: true, knowsSurroundings: false, isServed: false, lists: 'partner' },
  intermittent: { port: 8455, federates: true, knowsSurroundings: false, isServed: false },
};
