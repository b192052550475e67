import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { createRandom } from '../../core/random.ts';
import { type LoadPlan, planVariable, type UserRow, usersVariable } from '../scenarios/load-plan.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { askWithK6 } from './http/ask-with-k6.ts';
import { createDeviceDirectory } from './keys/device-directory.ts';
import { endOfUser, liveUser } from './live-user.ts';
import { createMeter } from './meter.ts';
import { createRunClock } from './run-clock.ts';
import { createFiller } from './sending.ts';
import { tell } from './tell.ts';
import { createUserState, type Shared, type UserState } from './user-state.ts';
import { usersOfVu, vusOf } from './vu-users.ts';
import { watchLoop } from './watch-loop.ts';

/** Longest poll and what a client waits for it beyond, in which k6 must not cut it off unseen. */
const gracefulStopS = 60;

/** Makes a scenario what k6 calls a script: many users in each VU, one iteration that lasts as long as the run. */
export function createRuntime(scenario: Scenario) {
  const plan: LoadPlan = JSON.parse(open(pathIn(planVariable)));
  const rows = new SharedArray<UserRow>('users', () => JSON.parse(open(pathIn(usersVariable))));
  return { options: optionsFor(plan), run: () => runVu(scenario, plan, rows) };
}

function pathIn(variable: string): string {
  const path = __ENV[variable];
  if (path === undefined) throw new Error(`${variable} is not set; the generator sets it`);
  return path;
}

function optionsFor(plan: LoadPlan): Options {
  const untilMs = plan.measuringFromMs + plan.durationMs + plan.drainMs;
  return {
    scenarios: {
      people: {
        executor: 'per-vu-iterations',
        vus: vusOf(plan),
        iterations: 1,
        maxDuration: `${Math.ceil(Math.max(0, untilMs - Date.now()) / 1_000) + gracefulStopS}s`,
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

async function runVu(scenario: Scenario, plan: LoadPlan, rows: readonly UserRow[]): Promise<void> {
  const vu = exec.vu.idInTest;
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
  const people = usersOfVu(plan, vu).map((place) => ({ user: plan.firstUser + place, row: rows[place] }));
  await endOfAll(people.map((person) => live(scenario, shared, person)));
  watch.stop();
  tell(meter.take(origin, clock.now()));
  tell({ type: 'end', ...origin, seconds: meter.taken });
}

interface Person {
  readonly user: number;
  readonly row: UserRow | undefined;
}

interface Life {
  readonly state: UserState;
  /** Until nothing is left to do but to wait. */
  readonly lived: Promise<void>;
}

/** `endOfAll` looks at it; until then the engine must not take it for forgotten. */
const awaitedLater = () => {};

function live(scenario: Scenario, shared: Shared, { user, row }: Person): Life | undefined {
  if (row === undefined) {
    tellCrash(shared, user, new RangeError(`no user ${user} in the table of the process`));
    return undefined;
  }
  const state = createUserState(shared, user, row);
  const lived = liveUser(scenario, state);
  lived.catch(awaitedLater);
  return { state, lived };
}

/** One after the other: a function for each person that waits to the end would cost more than the person. */
async function endOfAll(lives: readonly (Life | undefined)[]): Promise<void> {
  for (const life of lives) {
    if (life === undefined) continue;
    const { state, lived } = life;
    try {
      await lived;
      tell(await endOfUser(state));
    } catch (thrown) {
      tellCrash(state.shared, state.index, thrown);
    }
  }
}

function tellCrash({ plan, vu }: Shared, user: number, thrown: unknown): void {
  tell({ type: 'crash', process: plan.process, vu, user, message: String(thrown) });
}
