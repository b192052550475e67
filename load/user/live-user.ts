import type { UserRecord } from '../scenarios/load-record.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { OwnMessage, VirtualUser } from '../scenarios/virtual-user.ts';
import { accountOf } from './ledger.ts';
import { queueMessage, settled } from './sending.ts';
import { finishPolling, goOnline } from './sync-loop.ts';
import type { UserState } from './user-state.ts';

/** Plays one person from arrival to the end and returns what that person saw. */
export async function liveUser(scenario: Scenario, state: UserState): Promise<UserRecord> {
  await scenario.live(new LiveUser(state));
  const { index, onlineAtMs, offlineAtMs, unconfirmed, ledgers, shared } = state;
  const rooms = ledgers.map(accountOf);
  return {
    type: 'user',
    process: shared.plan.process,
    vu: shared.vu,
    user: index,
    onlineAtMs,
    offlineAtMs,
    unconfirmed,
    rooms,
  };
}

/** A class, so that thousands of users share their methods. */
class LiveUser implements VirtualUser {
  readonly #state: UserState;

  constructor(state: UserState) {
    this.#state = state;
  }

  get index(): number {
    return this.#state.index;
  }

  get arrivalMs(): number {
    return this.#state.row.arrivalMs;
  }

  get messages(): readonly OwnMessage[] {
    return this.#state.row.messages;
  }

  until(atMs: number): Promise<void> {
    return this.#state.shared.clock.until(atMs);
  }

  goOnline(): Promise<void> {
    return goOnline(this.#state);
  }

  send(message: OwnMessage): void {
    queueMessage(this.#state, message);
  }

  async drain(): Promise<void> {
    await settled(this.#state);
    await finishPolling(this.#state);
  }
}
