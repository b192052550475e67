import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import type { Text } from '../../core/model/text.ts';
import { accountDeliveries } from '../generator/account-deliveries.ts';
import { type LiveFigures, liveFigures } from '../generator/live/live-figures.ts';
import type { LoadRun } from '../generator/load-run.ts';
import { type MachinePlan, sliced } from '../generator/machine-plan.ts';
import type { Schedule } from '../generator/plan-load.ts';
import type { Provisioned } from '../generator/provision.ts';
import { loadPlans, userRows } from '../generator/run-files.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { CollectPlan } from './collect-plan.ts';
import { type Collection, type CollectionOptions, createCollection } from './collection.ts';
import type { CollectorServer, ProcessInput } from './collector-server.ts';

export interface CollectRunOptions {
  readonly server: CollectorServer;
  readonly plan: CollectPlan;
  readonly scenario: Pick<Scenario, 'levels'>;
  readonly schedule: Schedule;
  readonly provisioned: Provisioned;
  readonly provisioningMs: number;
  /** Where the people find the homeserver, without trailing slash. */
  readonly baseUrl: string;
  readonly signal: AbortSignalLike;
  readonly patience?: Patience;
  readonly mayBegin?: () => boolean;
  readonly onProgress: (text: Text) => void;
  /** Told once a second. */
  readonly onFigures?: (figures: LiveFigures) => void;
}

export interface Patience extends Pick<CollectionOptions, 'gatherMs' | 'silenceMs'> {
  /** For the first process to begin, once everything is prepared. */
  readonly waitMs: number;
}

/** The operator's starter resumes one runner after the other; a VU posts every second. */
const patienceWith = (runners: number): Patience => ({
  waitMs: 7_200_000,
  gatherMs: 5_000 + 500 * runners,
  silenceMs: 15_000,
});
const lookEveryMs = 250;
/** So long a process that is to stop is told so, before nobody answers any more. */
const farewellMs = 3_000;

/** Gives each process its part and counts what all tell, until they have ended or one is lost. Everything else is prepared before. */
export async function collectRun(options: CollectRunOptions): Promise<LoadRun> {
  const { server, plan, scenario, schedule, provisioned, mayBegin } = options;
  const division = divisionOf(plan);
  const { waitMs, ...patience } = options.patience ?? patienceWith(plan.runners);
  const collection = createCollection({
    ...division,
    ...patience,
    beginByMs: Date.now() + waitMs,
    rampMs: plan.scale.rampS * 1_000,
    ...(mayBegin && { mayBegin }),
  });
  server.open({ inputs: inputsFor(options, division), collection });
  options.onProgress(waitingText(plan));
  using _telling = everySecond(() => tellFigures(collection, options));
  const processes = await ended(collection, options.signal);
  if (processes.some(({ endedBy }) => endedBy !== 'itself')) await pause(farewellMs);
  const userIds = provisioned.sessions.map(({ userId }) => userId);
  return {
    scenario,
    scale: plan.scale,
    tally: collection.tally,
    deliveries: accountDeliveries({ schedule, userIds, users: collection.tally.users }),
    processes,
    vus: division.vus,
    bundleBytes: plan.bundleBytes,
    // Of runners elsewhere no processor time is known; a starved one shows by its event loop.
    machineCores: plan.runners,
    provisioning: { durationMs: options.provisioningMs, joins: provisioned.joins, joinMs: provisioned.joinMs },
  };
}

function divisionOf({ scale, runners, usersPerVu }: CollectPlan): MachinePlan {
  const slices = sliced(scale.users, runners, []);
  const vus = slices.reduce((sum, { users }) => sum + Math.ceil(users / usersPerVu), 0);
  return { slices, usersPerVu, vus, neededKib: 0, neededCores: 0 };
}

function inputsFor(
  { plan, schedule, provisioned, baseUrl }: CollectRunOptions,
  machinePlan: MachinePlan,
): Map<number, ProcessInput> {
  const rows = userRows(schedule, provisioned);
  const plans = loadPlans({ scale: plan.scale, baseUrl, seed: plan.seed, machinePlan, measuringFromMs: 0 });
  return new Map(
    plans.map((own) => [
      own.process,
      {
        plan: { ...own, segments: plan.runners },
        users: rows.slice(own.firstUser, own.firstUser + own.users),
      },
    ]),
  );
}

function tellFigures({ tally, measuringFromMs }: Collection, { plan, onFigures }: CollectRunOptions): void {
  if (measuringFromMs !== undefined) onFigures?.(liveFigures(tally, plan.scale, Date.now() - measuringFromMs));
}

function everySecond(act: () => void): Disposable {
  const timer = setInterval(act, 1_000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

async function ended(collection: Collection, signal: AbortSignalLike) {
  for (;;) {
    if (signal.aborted) collection.stop();
    const processes = collection.endedAt(Date.now());
    if (processes !== undefined) return processes;
    await pause(lookEveryMs);
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const waitingText = ({ runners, scale }: CollectPlan): Text => ({
  en: `Everything is prepared; waiting for ${runners} runners with ${scale.users} users.`,
  de: `Alles ist vorbereitet; gewartet wird auf ${runners} Runner mit ${scale.users} Personen.`,
});
