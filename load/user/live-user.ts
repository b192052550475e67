import type { UserRecord } from '../scenarios/load-record.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { OwnMessage, VirtualUser } from '../scenarios/virtual-user.ts';
import { acted } from './act.ts';
import { draw, moments } from './choices.ts';
import { accountOf } from './ledger.ts';
import { queueMessage, settled } from './sending.ts';
import { finishPolling, goOffline } from './sync/online.ts';
import { type Actions, actionMethods } from './user-actions.ts';
import type { UserState } from './user-state.ts';

/** Plays one person from arrival until nothing is left to do but to wait. */
export function liveUser(scenario: Scenario, state: UserState): Promise<void> {
  return scenario.live(createLiveUser(state));
}

/** Waits until everything begun was answered and everything expected was seen, or the time for it is over. */
export async function endOfUser(state: UserState): Promise<UserRecord> {
  await settled(state);
  await acted(state);
  await state.polling;
  const { index, onlineAtMs, offlineAtMs, leftAtMs, unconfirmed, ledgers, shared } = state;
  return {
    type: 'user',
    process: shared.plan.process,
    vu: shared.vu,
    user: index,
    onlineAtMs,
    offlineAtMs,
    unconfirmed,
    rooms: ledgers.map(accountOf),
    ...(leftAtMs !== undefined && { leftAtMs }),
  };
}

const done = Promise.resolve();

/** A class, so that thousands of users share their methods. */
class LiveUser implements Omit<VirtualUser, keyof Actions> {
  readonly state: UserState;

  constructor(state: UserState) {
    this.state = state;
  }

  get index(): number {
    return this.state.index;
  }

  get arrivalMs(): number {
    return this.state.row.arrivalMs;
  }

  get durationMs(): number {
    return this.state.shared.plan.durationMs;
  }

  get people(): number {
    const { people, users } = this.state.shared.plan;
    return people ?? users;
  }

  get rooms(): number {
    return this.state.row.rooms.length;
  }

  get messages(): readonly OwnMessage[] {
    return this.state.row.messages;
  }

  until(atMs: number): Promise<void> {
    return this.state.shared.clock.until(atMs);
  }

  drain(): Promise<void> {
    finishPolling(this.state);
    return done;
  }

  draw(name: string): number {
    return draw(this.state, name);
  }

  moments(name: string, meanGapMs: number): readonly number[] {
    return moments(this.state, name, meanGapMs);
  }

  goOffline(): void {
    goOffline(this.state);
  }

  send(message: OwnMessage): void {
    queueMessage(this.state, message);
  }
}

Object.assign(LiveUser.prototype, actionMethods);

/** The actions are methods of the prototype. */
const createLiveUser = (state: UserState): VirtualUser => new LiveUser(state) as LiveUser & Actions;
