import type { Check } from '../../../core/model/check.ts';
import type { CheckOutcome } from '../../../core/model/outcome.ts';
import type { HttpDefect } from '../../lib/defect.ts';
import type { Tools } from '../../lib/tools.ts';
import type { RunningEndpoint } from './bad-endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import type { Handshake, SecureVersion } from './handshake.ts';

/** Either the target seems to answer otherwise, or a bad server of ours stands in its place. */
export type PolicyDefect = HttpDefect | EndpointDefect;

export interface EndpointDefect {
  readonly kind: 'endpoint';
  start(): Promise<RunningEndpoint>;
}

export interface PolicyTools extends Tools {
  /** Public addresses that speak TLS. */
  readonly endpoints: readonly Endpoint[];
  /** Tries exactly one version; kept as evidence. */
  handshake(endpoint: Endpoint, version: SecureVersion): Promise<Handshake>;
}

/** The only way to the tools leads through `conclude`: a check that has looked at nothing cannot pass. */
export interface PolicyContext {
  conclude(body: (tools: PolicyTools) => Promise<CheckOutcome>): Promise<CheckOutcome>;
}

export type PolicyCheck = Check<PolicyContext, PolicyDefect>;

interface Entry extends Pick<PolicyCheck, 'meta' | 'counterexamples'> {
  run(tools: PolicyTools): Promise<CheckOutcome>;
}

export function policyCheck({ meta, counterexamples, run }: Entry): PolicyCheck {
  return { meta, counterexamples, run: (context) => context.conclude(run) };
}
