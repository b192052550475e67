import type { VariantName } from '../../core/model/lab.ts';

/** How a variant is reached. The ports are tried first, so that addresses are the same in every run. */
export interface VariantPlan {
  readonly port: number;
  /** Speaks TLS with a certificate of the lab's authority and answers other homeservers. */
  readonly federates: boolean;
  /** Sends mail, has the application service and the OpenID provider of the bench. */
  readonly knowsSurroundings: boolean;
  /** The only homeserver it speaks with. */
  readonly lists?: VariantName;
}

export const variantPlans: Readonly<Record<VariantName, VariantPlan>> = {
  open: { port: 8450, federates: false, knowsSurroundings: true },
  limited: { port: 8451, federates: false, knowsSurroundings: false },
  federated: { port: 8452, federates: true, knowsSurroundings: false },
  partner: { port: 8453, federates: true, knowsSurroundings: false },
  selective: { port: 8454, federates: true, knowsSurroundings: false, lists: 'partner' },
  intermittent: { port: 8455, federates: true, knowsSurroundings: false },
};
