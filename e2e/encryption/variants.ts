import type { Bench } from '../../core/model/bench.ts';
import type { ContextOptions, OpenContext } from '../../core/model/family-runtime.ts';
import type { VariantName } from '../../core/model/lab.ts';
import { RigError } from '../../core/model/rig-error.ts';
import type { EncryptionContext, EncryptionDefect } from './context.ts';
import { turnAt } from './turns.ts';

type Open = OpenContext<EncryptionContext>;

export interface Variants
  extends Pick<EncryptionContext, 'variant'>,
    Pick<Open, 'evidence' | typeof Symbol.asyncDispose> {}

/** Whoever asks for a variant first waits for its start, which is no fault of the check. */
const longestStartMs = 60_000;

/** Nobody else may be at a homeserver that a check makes go down. */
const oneAtATime: VariantName = 'intermittent';
const longestTurnMs = 300_000;

/** Contexts on variants of the reference deployment, opened when a check asks for them. */
export function variantsBeside(
  { lab }: Bench,
  options: ContextOptions<EncryptionDefect>,
  open: (bench: Bench, seed: string) => Open,
): Variants {
  const opened = new Map<VariantName, Promise<Open>>();
  const turns = new DisposableStack();
  const begin = async (name: VariantName) => {
    if (lab === undefined) throw new RigError('defect', 'a check asked for the lab without declaring that it needs it');
    options.held?.(longestStartMs);
    const bench = await lab.variant(name);
    if (name === oneAtATime) {
      options.held?.(longestTurnMs);
      turns.use(await turnAt(bench));
    }
    return open(bench, `${options.seed}/${name}`);
  };
  const all = () => Promise.all(opened.values());
  return {
    variant: async (name) => {
      const there = opened.get(name) ?? begin(name);
      opened.set(name, there);
      return (await there).context;
    },
    evidence: async () => (await Promise.all((await all()).map((one) => one.evidence()))).flat(),
    [Symbol.asyncDispose]: async () => {
      const started = await Promise.allSettled(opened.values());
      await Promise.all(
        started.map((one) => (one.status === 'fulfilled' ? one.value[Symbol.asyncDispose]() : undefined)),
      );
      turns.dispose();
    },
  };
}
