import type { Check } from '../model/check.ts';
import type { Clock } from '../model/clock.ts';
import type { Evidence } from '../model/evidence.ts';
import type { AbortSignalLike, FamilyRuntime } from '../model/family-runtime.ts';
import type { Outcome } from '../model/outcome.ts';
import { firstLineOf, RigError } from '../model/rig-error.ts';

export interface RunCheckOptions<Context, Defect> {
  readonly runtime: FamilyRuntime<Context, Defect>;
  readonly check: Check<Context, Defect>;
  readonly seed: string;
  readonly clock: Clock;
  /** Stops the check when the run is stopped. */
  readonly signal: AbortSignalLike;
  readonly defect?: Defect;
  /** A per-check signal that the time limit fires. */
  readonly createAbort: () => { readonly signal: AbortSignalLike; abort(): void };
}

export interface CheckRun {
  readonly outcome: Outcome;
  readonly evidence: readonly Evidence[];
  readonly durationMs: number;
}

/** Runs one check within its time limit. Never throws: whatever breaks becomes a rigFault outcome. */
export async function runCheck<Context, Defect>(options: RunCheckOptions<Context, Defect>): Promise<CheckRun> {
  const startedAt = options.clock.now();
  const { outcome, evidence } = await conclude(options).catch((thrown: unknown) => ({
    outcome: rigFaultFrom(thrown),
    evidence: [],
  }));
  return { outcome, evidence, durationMs: options.clock.now() - startedAt };
}

async function conclude<Context, Defect>(options: RunCheckOptions<Context, Defect>) {
  const { runtime, check, seed, clock, signal, createAbort, defect } = options;
  const abort = createAbort();
  signal.addEventListener('abort', () => abort.abort());
  const limit = startLimit(clock, check.meta.timeoutMs, signal);
  try {
    const opening = runtime.contextFor(check, { seed, signal: abort.signal, ...(defect !== undefined && { defect }) });
    await using open = await limit.race(opening).catch((thrown: unknown) => disposeLate(opening, thrown));
    const outcome: Outcome = await limit.race(check.run(open.context)).catch(rigFaultFrom);
    return { outcome, evidence: await open.evidence() };
  } finally {
    limit.cancel();
    abort.abort();
  }
}

/** A context that opens after its time is over has nobody left to close it. */
function disposeLate(opening: Promise<AsyncDisposable>, thrown: unknown): never {
  opening.then(
    (late) => late[Symbol.asyncDispose](),
    () => undefined,
  );
  throw thrown;
}

function startLimit(clock: Clock, timeoutMs: number, signal: AbortSignalLike) {
  let cancel = () => {};
  const over = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(timeoutMs, () => reject(new RigError('timeout', `no result within ${timeoutMs} ms`)));
    const stop = () => reject(new RigError('interrupted', 'the run was stopped'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });
  // Nobody may be waiting when it fires after the check ended.
  over.catch(() => undefined);
  return { cancel: () => cancel(), race: <T>(work: Promise<T>) => Promise.race([work, over]) };
}

/** How the run records that the bench itself broke. */
export function rigFaultFrom(thrown: unknown): Outcome {
  const code = thrown instanceof RigError ? thrown.code : 'defect';
  return { kind: 'rigFault', code, message: firstLineOf(thrown) };
}
