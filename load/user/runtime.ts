import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { createRandom } from '../../core/random.ts';
import { type LoadPlan, planVariable, type UserRow, usersVariable } from '../scenarios/load-plan.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { askWithK6 } from './http/ask-with-k6.ts';
import { createDeviceDirectory } from './keys/device-directory.ts';
import { liveUser } from './live-user.ts';
import { createMeter } from './meter.ts';
import { createRunClock } from './run-clock.ts';
import { createFiller } from './sending.ts';
import { tell } from './tell.ts';
import { createUserState, type Shared } from './user-state.ts';
import { watchLoop } from './watch-loop.ts';

interface Start {
  readonly measuringFromMs: number;
}

/** Longest poll and what a client waits for it beyond, in which k6 must not cut it off unseen. */
const gracefulStopS = 60;

/** Makes a scenario what k6 calls a script: many users in each VU, one iteration that lasts as long as the run. */
export function createRuntime(scenario: Scenario) {
  const plan: LoadPlan = JSON.parse(open(pathIn(planVariable)));
  const rows = new SharedArray<UserRow>('users', () => JSON.parse(open(pathIn(usersVariable))));
  return {
    options: optionsFor(plan),
    setup: (): Start => ({ measuringFromMs: Date.now() + plan.rampMs }),
    run: ({ measuringFromMs }: Start) => runVu({ scenario, plan, rows, measuringFromMs }),
  };
}

function pathIn(variable: string): string {
  const path = __ENV[variable];
  if (path === undefined) throw new Error(`${variable} is not set; the generator sets it`);
  return path;
}

function optionsFor({ users, usersPerVu, rampMs, durationMs, drainMs }: LoadPlan): Options {
  return {
    scenarios: {
      people: {
        executor: 'per-vu-iterations',
        vus: Math.ceil(users / usersPerVu),
        iterations: 1,
        maxDuration: `${Math.ceil((rampMs + durationMs + drainMs) / 1_000) + gracefulStopS}s`,
        gracefulStop: `${gracefulStopS}s`,
      },
    },
    // They also limit the idle connections a VU keeps; each user has a poll and a send at the same time.
    batch: 2 * usersPerVu,
    batchPerHost: 2 * usersPerVu,
    discardResponseBodies: true,
    systemTags: [],
    userAgent: 'pruefstand-load',
  };
}

interface VuOptions extends Start {
  readonly scenario: Scenario;
  readonly plan: LoadPlan;
  readonly rows: readonly UserRow[];
}

async function runVu({ scenario, plan, rows, measuringFromMs }: VuOptions): Promise<void> {
  const vu = exec.vu.idInTest;
  const first = (vu - 1) * plan.usersPerVu;
  const clock = createRunClock(measuringFromMs);
  const meter = createMeter();
  tell({ type: 'start', vu, measuringFromMs });
  const watch = watchLoop(vu, clock, meter);
  const random = createRandom(`${plan.runTag}|${vu}`);
  const filler = createFiller(random);
  const { slidingShare = 0, timeFactor = 1 } = scenario;
  const own = { random, filler, directory: createDeviceDirectory(), slidingShare, timeFactor };
  const shared: Shared = { vu, plan, clock, meter, ask: askWithK6, ...own };
  const count = Math.min(plan.usersPerVu, plan.users - first);
  const users = Array.from({ length: count }, (_, offset) => play(scenario, shared, first + offset, rows));
  await Promise.all(users);
  watch.stop();
  tell(meter.take(vu, clock.now()));
  tell({ type: 'end', vu, seconds: meter.taken });
}

async function play(scenario: Scenario, shared: Shared, user: number, rows: readonly UserRow[]): Promise<void> {
  try {
    const row = rows[user];
    if (row === undefined) throw new RangeError(`no user ${user} in the table of ${rows.length}`);
    tell(await liveUser(scenario, createUserState(shared, user, row)));
  } catch (thrown) {
    tell({ type: 'crash', vu: shared.vu, user, message: String(thrown) });
  }
}
