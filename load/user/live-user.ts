import { createRandom } from '../../core/random.ts';
import type { LoadPlan, UserRow } from '../scenarios/load-plan.ts';
import type { UserRecord } from '../scenarios/load-record.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { VirtualUser } from '../scenarios/virtual-user.ts';
import { createHomeserver } from './homeserver.ts';
import { createInbox } from './inbox.ts';
import type { Meter } from './meter.ts';
import type { RunClock } from './run-clock.ts';
import { createSending } from './sending.ts';
import { createSyncLoop } from './sync-loop.ts';
import type { UserContext } from './user-context.ts';

export interface LiveOptions {
  readonly scenario: Scenario;
  readonly plan: LoadPlan;
  readonly row: UserRow;
  readonly index: number;
  readonly vu: number;
  readonly clock: RunClock;
  readonly meter: Meter;
  readonly filler: (characters: number) => string;
}

/** Plays one person from arrival to the end and returns what that person saw. */
export async function liveUser({ scenario, index, vu, ...shared }: LiveOptions): Promise<UserRecord> {
  const { plan, row, clock, meter } = shared;
  const homeserver = createHomeserver(plan.baseUrl, row.accessToken, meter);
  const context: UserContext = { ...shared, homeserver, random: createRandom(`${plan.runTag}|${row.userId}`) };
  const inbox = createInbox(context);
  const syncLoop = createSyncLoop(context, inbox);
  const sending = createSending(context);
  const user: VirtualUser = {
    index,
    arrivalMs: row.arrivalMs,
    messages: row.messages,
    until: clock.until,
    goOnline: syncLoop.start,
    send: sending.send,
    drain: async () => {
      await sending.settled();
      await syncLoop.finish();
    },
  };
  await scenario.live(user);
  const { onlineAtMs } = syncLoop;
  return { type: 'user', vu, user: index, onlineAtMs, unconfirmed: sending.unconfirmed, rooms: inbox.accounts() };
}
