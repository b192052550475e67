import { createRandom } from '../../core/random.ts';
import type { UserRow } from '../scenarios/load-plan.ts';
import type { Asked, Told } from './http/ask.ts';
import { createDeviceDirectory } from './keys/device-directory.ts';
import { createMeter } from './meter.ts';
import type { RunClock } from './run-clock.ts';
import { createFiller } from './sending.ts';
import { createUserState, type Shared, type UserState } from './user-state.ts';

export interface FakeUser {
  readonly user: UserState;
  /** Everything that was asked, in order: `GET /_matrix/…`. */
  readonly asked: Asked[];
  /** What the VU would tell now. */
  told(): ReturnType<Shared['meter']['take']>;
}

export type FakeAnswer = Partial<Omit<Told, 'body'>> & { readonly json?: object };
export type FakeHomeserver = (request: Asked, count: number) => FakeAnswer;

export const runTag = 'abc123';

/** A person against a homeserver of a function; time passes only where somebody waits. */
export function fakeUser(answers: FakeHomeserver, row: Partial<UserRow> = {}): FakeUser {
  const asked: Asked[] = [];
  const meter = createMeter();
  const shared: Shared = {
    ...fakeShared(),
    meter,
    ask: async (request) => {
      asked.push(request);
      const { json = {}, ...told } = answers(request, asked.length);
      return { status: 200, body: JSON.stringify(json), headers: {}, error_code: 0, ...told };
    },
  };
  return {
    user: createUserState(shared, 0, { ...alice, ...row }),
    asked,
    told: () => meter.take({ process: 1, vu: 1 }, 0),
  };
}

const alice: UserRow = {
  userId: '@alice:hs1',
  deviceId: 'ALICE',
  accessToken: 'syt_alice',
  arrivalMs: -1_000,
  rooms: [{ roomId: '!team:hs1', expected: 3, members: 10 }],
  messages: [],
};

function fakeShared(): Omit<Shared, 'meter' | 'ask'> {
  const random = createRandom('fake');
  return {
    vu: 1,
    plan: {
      baseUrl: 'http://hs1',
      runTag,
      process: 1,
      measuringFromMs: 0,
      firstUser: 0,
      users: 1,
      usersPerVu: 1,
      lagEveryMs: 50,
      rampMs: 1_000,
      durationMs: 60_000,
      drainMs: 10_000,
      endSpreadMs: 3_000,
    },
    clock: fakeClock(),
    random,
    filler: createFiller(random),
    slidingShare: 0,
    timeFactor: 1,
    directory: createDeviceDirectory(),
  };
}

function fakeClock(): RunClock {
  let nowMs = 0;
  const pause = async (ms: number) => {
    nowMs += Math.max(0, ms);
  };
  return { measuringFromMs: 0, now: () => nowMs, pause, until: (atMs) => pause(atMs - nowMs) };
}
