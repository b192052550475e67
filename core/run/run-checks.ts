import { redactUrl } from '../http/redact.ts';
import type { Check } from '../model/check.ts';
import type { Clock } from '../model/clock.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Exercise } from '../model/exercise.ts';
import type { AbortSignalLike, FamilyRuntime, OpenContext } from '../model/family-runtime.ts';
import { inconclusive, type Outcome } from '../model/outcome.ts';
import { firstLineOf, RigError } from '../model/rig-error.ts';
import { textIn } from '../model/text.ts';
import { soundOutcome } from './sound-outcome.ts';
import { type Abort, runStopped, startTimeLimit } from './time-limit.ts';

export interface RunCheckOptions<Context, Defect> {
  readonly runtime: FamilyRuntime<Context, Defect>;
  readonly check: Check<Context, Defect>;
  readonly seed: string;
  readonly clock: Clock;
  /** Stops the check when the run is stopped. */
  readonly signal: AbortSignalLike;
  readonly defect?: Defect;
  /** A per-check signal that the time limit fires. */
  readonly createAbort: () => Abort;
}

export interface CheckRun {
  readonly outcome: Outcome;
  readonly evidence: readonly Evidence[];
  readonly exercised?: readonly Exercise[];
  readonly durationMs: number;
}

type Conclusion = Omit<CheckRun, 'durationMs'>;

/** Handing over evidence and cleaning up get this long after a check, even when its own time is over. */
export const closingLimitMs = 30_000;

/** Runs one check within its time limit. Never throws: whatever breaks becomes a rigFault outcome. */
export async function runCheck<Context, Defect>(options: RunCheckOptions<Context, Defect>): Promise<CheckRun> {
  const startedAt = options.clock.now();
  const conclusion = await conclude(options).catch((thrown: unknown) => ({
    outcome: outcomeFromThrown(thrown),
    evidence: [],
  }));
  return { ...conclusion, durationMs: options.clock.now() - startedAt };
}

async function conclude<Context, Defect>(options: RunCheckOptions<Context, Defect>): Promise<Conclusion> {
  const { runtime, check, seed, clock, signal, createAbort, defect } = options;
  if (signal.aborted) throw runStopped();
  const abort = createAbort();
  const limit = startTimeLimit({ clock, timeoutMs: check.meta.timeoutMs, signal, abort });
  try {
    const contextOptions = { seed, signal: abort.signal, held: limit.extend, ...(defect !== undefined && { defect }) };
    const opening = runtime.contextFor(check, contextOptions);
    const open = await limit.race(opening).catch((thrown: unknown) => disposeLate(opening, thrown));
    const run = async () => soundOutcome(await check.run(open.context));
    const outcome: Outcome = await limit.race(run()).catch(outcomeFromThrown);
    return await closed(open, outcome, clock);
  } finally {
    limit.end();
  }
}

/** A context that opens after its time is over has nobody left to close it. */
function disposeLate(opening: Promise<AsyncDisposable>, thrown: unknown): never {
  opening
    .then((late) => late[Symbol.asyncDispose]())
    // The check already ended as a broken bench; there is no outcome left that this could change.
    .catch(() => undefined);
  throw thrown;
}

/**
 * What was found stays found when keeping its evidence or cleaning up fails; that trouble becomes evidence itself.
 * Anything else than a finding does not stand without its evidence.
 */
async function closed(open: OpenContext<unknown>, outcome: Outcome, clock: Clock): Promise<Conclusion> {
  const trouble: Evidence[] = [];
  const note = (name: string) => (thrown: unknown) => {
    trouble.push({ name, mediaType: 'text/plain', content: messageOf(thrown) });
    return outcomeFromThrown(thrown);
  };
  const exercised = open.exercised?.();
  const kept = await inTime(clock, () => open.evidence()).catch(note('Störung beim Sichern der Nachweise'));
  await inTime(clock, async () => open[Symbol.asyncDispose]()).catch(note('Störung beim Aufräumen'));
  const told = exercised === undefined ? {} : { exercised };
  if (!('kind' in kept)) return { outcome, evidence: [...kept, ...trouble], ...told };
  const stands = outcome.kind === 'failed' || outcome.kind === 'rigFault';
  return { outcome: stands ? outcome : kept, evidence: trouble, ...told };
}

async function inTime<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  let cancel = () => {};
  const over = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(closingLimitMs, () => reject(notClosed));
  });
  try {
    return await Promise.race([work(), over]);
  } finally {
    cancel();
  }
}

const notClosed = new RigError('timeout', {
  de: `nicht abgeschlossen innerhalb von ${closingLimitMs} ms`,
  en: `not closed within ${closingLimitMs} ms`,
});

/** How the run records what a check could not go on with: in German, as all results. What we were not given leaves the question open, and breaks nothing. */
export function outcomeFromThrown(thrown: unknown): Outcome {
  if (thrown instanceof RigError && thrown.code === 'accessMissing') return inconclusive(messageOf(thrown));
  return { kind: 'rigFault', code: thrown instanceof RigError ? thrown.code : 'defect', message: messageOf(thrown) };
}

function messageOf(thrown: unknown): string {
  const line = thrown instanceof RigError ? firstLineOf(textIn('de', thrown.text)) : firstLineOf(thrown);
  return redactUrl(line) || String(thrown);
}
