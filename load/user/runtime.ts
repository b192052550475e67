import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { createRandom } from '../../core/random.ts';
import { type LoadPlan, planVariable, type UserRow, usersVariable } from '../scenarios/load-plan.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { type LiveOptions, liveUser } from './live-user.ts';
import { createMeter } from './meter.ts';
import { createRunClock } from './run-clock.ts';
import { createFiller } from './sending.ts';
import { tell } from './tell.ts';
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

interface VuOptions extends Pick<LiveOptions, 'scenario' | 'plan'>, Start {
  readonly rows: readonly UserRow[];
}

async function runVu({ scenario, plan, rows, measuringFromMs }: VuOptions): Promise<void> {
  const vu = exec.vu.idInTest;
  const first = (vu - 1) * plan.usersPerVu;
  const clock = createRunClock(measuringFromMs);
  const meter = createMeter();
  tell({ type: 'start', vu, measuringFromMs });
  const watch = watchLoop(vu, clock, meter);
  const filler = createFiller(createRandom(`${plan.runTag}|${vu}`));
  const live = async (index: number) => {
    const row = rows[index];
    if (row === undefined) throw new RangeError(`no user ${index} in the table of ${rows.length}`);
    tell(await liveUser({ scenario, plan, row, index, vu, clock, meter, filler }));
  };
  const count = Math.min(plan.usersPerVu, plan.users - first);
  const indexes = Array.from({ length: count }, (_, offset) => first + offset);
  await Promise.all(indexes.map((user) => live(user).catch((thrown) => tell(crash(vu, user, thrown)))));
  watch.stop();
  tell(meter.take(vu, clock.now()));
  tell({ type: 'end', vu, seconds: meter.taken });
}

const crash = (vu: number, user: number, thrown: unknown) =>
  ({ type: 'crash', vu, user, message: String(thrown) }) as const;
