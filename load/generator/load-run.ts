import type { Scale, Scenario } from '../scenarios/scenario.ts';
import type { Deliveries } from './account-deliveries.ts';
import type { K6Run } from './k6-process.ts';
import type { ServerSample } from './server/server-sample.ts';
import type { Tally } from './tally.ts';

/** Why a run ended before its time: someone at the terminal, or a limit it was given; `why` is German. */
export type Stopped = { readonly by: 'person' } | { readonly by: 'limit'; readonly why: string };

/** Everything that was observed in one run of a scenario; judging needs nothing else. */
export interface LoadRun {
  readonly scenario: Pick<Scenario, 'levels'>;
  readonly scale: Scale;
  readonly tally: Tally;
  readonly deliveries: Deliveries;
  /** How each of the generator's processes ended. */
  readonly processes: readonly K6Run[];
  readonly stopped?: Stopped;
  /** What the server told of itself; empty where it tells nothing. */
  readonly server?: readonly ServerSample[];
  readonly vus: number;
  readonly bundleBytes: number;
  /** Cores of the machine that the generator ran on. */
  readonly machineCores: number;
  readonly provisioning: { readonly durationMs: number; readonly joins: number; readonly joinMs: number };
}
