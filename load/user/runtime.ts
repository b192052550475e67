import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { createRandom } from '../../core/random.ts';
import { type LoadPlan, planVariable, type UserRow, usersVariable } from '../scenarios/load-plan.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { askWithK6 } from './ask-with-k6.ts';
import { createDeviceDirectory } from './keys/device-directory.ts';
import { liveUser } from './live-user.ts';
import { createMeter } from './meter.ts';
import { createRunClock } from './run-clock.ts';
import { createFiller } from './sending.ts';
import { allTold, begun, tell } from './tell.ts';
import { createUserState, type Shared } from './user-state.ts';
import { usersOfVu, vusOf } from './vu-users.ts';
import { watchLoop } from './watch-loop.ts';

/** Longest poll and what a client waits for it beyond, in which k6 must not cut it off unseen. */
const gracefulStopS = 60;
/** The longest that processes on other machines wait for each other. */
const gatherMs = 300_000;

/** Makes a scenario what k6 calls a script: many users in each VU, one iteration that lasts as long as the run. */
export function createRuntime(scenario: Scenario) {
  const plan: LoadPlan = JSON.parse(open(pathIn(planVariable)));
  const rows = new SharedArray<UserRow>('users', () => JSON.parse(open(pathIn(usersVariable))));
  return { options: optionsFor(plan), run: async () => runVu(scenario, await begun(plan), rows) };
}

function pathIn(variable: string): string {
  const path = __ENV[variable];
  if (path === undefined) throw new Error(`${variable} is not set; the generator sets it`);
  return path;
}

function optionsFor(plan: LoadPlan): Options {
  return {
    scenarios: {
      people: {
        executor: 'per-vu-iterations',
        vus: vusOf(plan) * (plan.segments ?? 1),
        iterations: 1,
        maxDuration: `${Math.ceil(longestMs(plan) / 1_000) + gracefulStopS}s`,
        gracefulStop: `${gracefulStopS}s`,
      },
    },
    // They also limit the idle connections a VU keeps; each user has a poll and a send at the same time.
    batch: 2 * plan.usersPerVu,
    batchPerHost: 2 * plan.usersPerVu,
    discardResponseBodies: true,
    systemTags: [],
    userAgent: 'pruefstand-load',
  };
}

function longestMs({ measuringFromMs, segments, rampMs, durationMs, drainMs }: LoadPlan): number {
  const beforeMs = segments === undefined ? Math.max(0, measuringFromMs - Date.now()) : gatherMs + rampMs;
  return beforeMs + durationMs + drainMs;
}

async function runVu(scenario: Scenario, plan: LoadPlan, rows: readonly UserRow[]): Promise<void> {
  const vu = exec.vu.idInInstance;
  const origin = { process: plan.process, vu };
  const clock = createRunClock(plan.measuringFromMs);
  const meter = createMeter();
  tell({ type: 'start', ...origin, atMs: clock.now() });
  const watch = watchLoop({ origin, lagEveryMs: plan.lagEveryMs, clock, meter });
  const random = createRandom(`${plan.runTag}|${plan.process}|${vu}`);
  const filler = createFiller(random);
  const { slidingShare = 0, timeFactor = 1 } = scenario;
  const own = { random, filler, directory: createDeviceDirectory(), slidingShare, timeFactor };
  const shared: Shared = { vu, plan, clock, meter, ask: askWithK6, ...own };
  // One after the other: `Promise.all` would keep four more objects for each user, and none of them rejects.
  for (const played of usersOfVu(plan, vu).map((place) => play(scenario, shared, place, rows))) await played;
  watch.stop();
  tell(meter.take(origin, clock.now()));
  tell({ type: 'end', ...origin, seconds: meter.taken });
  await allTold();
}

/** `place` counts the people of this process. */
async function play(scenario: Scenario, shared: Shared, place: number, rows: readonly UserRow[]): Promise<void> {
  const { plan, vu } = shared;
  const user = plan.firstUser + place;
  try {
    const row = rows[place];
    if (row === undefined) throw new RangeError(`no user ${place} in the table of ${rows.length}`);
    tell(await liveUser(scenario, createUserState(shared, user, row)));
  } catch (thrown) {
    tell({ type: 'crash', process: plan.process, vu, user, message: String(thrown) });
  }
}
