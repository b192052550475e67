import type { Bench } from '../../core/model/bench.ts';
import type { FamilyName } from '../../core/model/family.ts';
import type { FamilyRuntime } from '../../core/model/family-runtime.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { type Depth, planRun } from '../../core/plan/plan-run.ts';
import { inParallelUnlessAlone } from '../../core/run/in-parallel.ts';
import { type DeviationRegister, withKnownDeviations } from '../../core/run/known-deviations.ts';
import { type CheckRun, outcomeFromThrown, runCheck } from '../../core/run/run-checks.ts';
import { systemClock } from '../../core/system-clock.ts';
import { storeEvidence } from '../../reports/journal/evidence-store.ts';
import type { JournalWriter } from '../../reports/journal/journal-writer.ts';
import type { AnyCheck, DiscoveredCheck } from '../discover.ts';
import type { AnyFamily } from '../families.ts';
import { availableCapabilities } from './available.ts';
import { createAbort } from './create-abort.ts';
import type { Progress } from './progress.ts';

export interface CampaignOptions {
  readonly bench: Bench;
  readonly journal: JournalWriter;
  readonly evidenceFolder: string;
  readonly families: readonly { readonly family: AnyFamily; readonly checks: readonly DiscoveredCheck[] }[];
  readonly catalogueSha256: string;
  readonly only?: readonly FamilyName[];
  /** Which checks, by id; all without it. */
  readonly depth?: Depth;
  readonly isWanted?: (checkId: string) => boolean;
  readonly seed: number;
  /** How often every check is run; the worst end counts. */
  readonly times: number;
  /** Deviations accepted today. */
  readonly known: DeviationRegister;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Filled with the ids of checks as they conclude. */
  readonly concluded: Set<string>;
}

/** Writes the plan, runs what it says, and journals every conclusion as it falls. */
export async function runCampaign(options: CampaignOptions): Promise<void> {
  const { bench, journal, families, catalogueSha256, only, depth, isWanted } = options;
  const startedAt = Date.now();
  const checks = families.flatMap((group) => group.checks);
  const available = availableCapabilities(bench);
  const plan = planRun({
    entries: checks,
    available,
    ...(depth && { depth }),
    ...(isWanted && { isWanted }),
    ...(only && { only }),
  });
  const leftOut = families
    .map(({ family }) => family.name)
    .filter((name) => only !== undefined && !only.includes(name));
  journal.append({ type: 'planWritten', catalogueSha256, checks: plan, leftOut });
  const runnable = new Set(plan.filter(({ decided }) => decided === undefined).map(({ id }) => id));
  // Until the end is reached, whatever leads out of here breaks the run off.
  let interrupted = true;
  try {
    for (const { family, checks: all } of families) {
      const due = all.filter(({ meta }) => runnable.has(meta.id));
      if (due.length > 0 && !options.signal.aborted) await runFamily(options, family, due);
    }
    interrupted = options.signal.aborted;
  } finally {
    journal.append({
      type: 'accountsUsed',
      accounts: bench.accounts.created.map(({ userId, kind }) => ({ userId, kind })),
    });
    journal.append({ type: 'runFinished', durationMs: Date.now() - startedAt, interrupted });
  }
}

/** A family that cannot open leaves its checks with a broken bench, and the other families still run. */
async function runFamily(options: CampaignOptions, family: AnyFamily, due: readonly DiscoveredCheck[]): Promise<void> {
  try {
    await using runtime = await family.open(options.bench);
    for (let attempt = 1; attempt <= options.times; attempt += 1) {
      const how = { limit: runtime.concurrency ?? family.concurrency, isAlone };
      await inParallelUnlessAlone(longestFirst(due), how, async ({ check }) => {
        if (!options.signal.aborted) {
          await concludeCheck(options, { check, attempt }, () => runOne(options, runtime, { check, attempt }));
        }
      });
    }
  } catch (thrown) {
    if (thrown instanceof RigError && thrown.code === 'storage') throw thrown;
    const outcome = outcomeFromThrown(thrown);
    const unconcluded = due.filter(({ meta }) => !options.concluded.has(meta.id));
    for (const { check } of unconcluded) {
      await concludeCheck(options, { check, attempt: 1 }, async () => ({ outcome, evidence: [], durationMs: 0 }));
    }
  }
}

const isAlone = ({ meta }: DiscoveredCheck): boolean => meta.alone === true;

/** What waits long by nature begins early, so that the end is not spent waiting for it alone. */
const longestFirst = (checks: readonly DiscoveredCheck[]): readonly DiscoveredCheck[] =>
  checks.toSorted((a, b) => b.meta.timeoutMs - a.meta.timeoutMs);

function runOne(
  { seed: campaignSeed, signal }: CampaignOptions,
  runtime: FamilyRuntime<unknown, unknown>,
  { check, attempt }: { readonly check: AnyCheck; readonly attempt: number },
): Promise<CheckRun> {
  const first = `${campaignSeed}/${check.meta.id}`;
  // The target remembers: names and addresses that an earlier attempt took are not free any more.
  const seed = attempt === 1 ? first : `${first}/${attempt}`;
  return runCheck({ runtime, check, seed, clock: systemClock, signal, createAbort });
}

async function concludeCheck(
  { journal, evidenceFolder, progress, concluded, known }: CampaignOptions,
  { check, attempt }: { readonly check: AnyCheck; readonly attempt: number },
  run: () => Promise<CheckRun>,
): Promise<void> {
  const { id } = check.meta;
  journal.append({ type: 'checkStarted', check: id, attempt });
  const { outcome: seen, evidence, exercised, durationMs } = await run();
  const outcome = withKnownDeviations(id, seen, known);
  const stored = evidence.map((item) => storeEvidence(evidenceFolder, item));
  const finished = { type: 'checkFinished', check: id, attempt, outcome, durationMs, evidence: stored } as const;
  journal.append(exercised === undefined ? finished : { ...finished, exercised });
  concluded.add(id);
  progress.checkDone(id, outcome, durationMs);
}
