import type { Account } from '../../core/model/bench.ts';
import type { Evidence } from '../../core/model/evidence.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import type { VariantName } from '../../core/model/lab.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { createRandom } from '../../core/random.ts';
import type { SpecVersion } from '../../schemas/matrix/spec-version.ts';
import { withArrivalDefect } from './arrival-defect.ts';
import type { ConformanceDefect } from './conformance-check.ts';
import type { Instruments } from './instruments.ts';
import { oddityEvidence } from './oddities.ts';
import { createTools, type Tools } from './tools.ts';
import { createTransport, type Transport } from './transport.ts';

export interface ToolkitOptions {
  readonly seed: string;
  readonly signal: AbortSignalLike;
  readonly defect?: ConformanceDefect;
  held?(ms: number): void;
  /** What answers are held to; without it to the newest text. */
  readonly specVersion?: SpecVersion | undefined;
  /** Tools for a variant of the reference deployment; without it there is none. */
  variant?(name: VariantName): Promise<Tools>;
}

export interface Toolkit {
  readonly tools: Tools;
  readonly transport: Transport;
  readonly evidence: () => Promise<readonly Evidence[]>;
  /** Gives back every account the check held. */
  release(): Promise<void>;
}

/** A fresh set of tools for one run of one check. */
export function createToolkit(
  { bench, clock, keepsExchanges, openLedger }: Instruments,
  { seed, signal, defect, specVersion, held = () => {}, variant = noVariants }: ToolkitOptions,
): Toolkit {
  const { send, target } = bench;
  const transport = createTransport({
    send,
    baseUrl: target.homeserverUrl,
    clock,
    keepsExchanges,
    signal,
    held,
    specVersion,
    surroundings: bench.surroundings,
    ...(openLedger && { openLedger }),
    ...(defect && 'when' in defect && { defect }),
  });
  const isOfArrivals = defect !== undefined && 'arriving' in defect;
  const around = bench.surroundings;
  const surroundings = around && isOfArrivals ? withArrivalDefect(around, defect) : around;
  const random = createRandom(seed);
  const leased: Account[] = [];
  const onLeased = (account: Account) => void leased.push(account);
  const tools = createTools({
    bench,
    surroundings,
    request: transport.request,
    random,
    clock,
    variant,
    held,
    onLeased,
  });
  return {
    tools,
    transport,
    evidence: async () =>
      keepsExchanges ? [...httpEvidence(transport), ...oddityEvidence(transport.ledger.tally)] : [],
    release: () => bench.accounts.release(leased.splice(0)),
  };
}

const noVariants = (): Promise<Tools> => Promise.reject(new RigError('defect', 'there are no variants here'));

function httpEvidence({ exchanges }: Transport): readonly Evidence[] {
  if (exchanges.length === 0) return [];
  return [{ name: 'HTTP-Mitschnitt', mediaType: 'application/json', content: JSON.stringify(exchanges, null, 1) }];
}
