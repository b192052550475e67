import type { Bench } from '../../core/model/bench.ts';
import type { Clock } from '../../core/model/clock.ts';
import type { Evidence } from '../../core/model/evidence.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import type { VariantName } from '../../core/model/lab.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { createRandom } from '../../core/random.ts';
import type { HttpDefect } from './defect.ts';
import { createTools, type Tools } from './tools.ts';
import { createTransport, type Transport } from './transport.ts';

export interface ToolkitOptions {
  readonly seed: string;
  readonly signal: AbortSignalLike;
  readonly defect?: HttpDefect;
  /** Tools for a variant of the reference deployment; without it there is none. */
  variant?(name: VariantName): Promise<Tools>;
}

export interface Toolkit {
  readonly tools: Tools;
  readonly transport: Transport;
  readonly evidence: () => Promise<readonly Evidence[]>;
}

/** A fresh set of tools for one run of one check. */
export function createToolkit(bench: Bench, { seed, signal, defect, variant = noVariants }: ToolkitOptions): Toolkit {
  const { send, target } = bench;
  const transport = createTransport({
    send,
    baseUrl: target.homeserverUrl,
    clock: systemClock,
    signal,
    ...(defect && { defect }),
  });
  const random = createRandom(seed);
  const tools = createTools({ bench, request: transport.request, random, clock: systemClock, variant });
  return { tools, transport, evidence: async () => httpEvidence(transport) };
}

const noVariants = (): Promise<Tools> => Promise.reject(new RigError('defect', 'there are no variants here'));

function httpEvidence({ exchanges }: Transport): readonly Evidence[] {
  if (exchanges.length === 0) return [];
  return [{ name: 'HTTP-Mitschnitt', mediaType: 'application/json', content: JSON.stringify(exchanges, null, 1) }];
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
