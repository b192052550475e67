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

/** Plays one person from arrival to the end and returns what that person saw. */
export async function liveUser(scenario: Scenario, state: UserState): Promise<UserRecord> {
  await scenario.live(createLiveUser(state));
  const { index, onlineAtMs, offlineAtMs, leftAtMs, unconfirmed, ledgers, shared } = state;
  const rooms = ledgers.map(accountOf);
  const left = leftAtMs === undefined ? {} : { leftAtMs };
  return { type: 'user', vu: shared.vu, user: index, onlineAtMs, offlineAtMs, unconfirmed, rooms, ...left };
}

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

  async drain(): Promise<void> {
    await settled(this.state);
    await acted(this.state);
    await finishPolling(this.state);
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
