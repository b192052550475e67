import type { UserRecord } from '../scenarios/load-record.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { GoOnline, OwnMessage, VirtualUser } from '../scenarios/virtual-user.ts';
import { acted } from './act.ts';
import { attach, openAttachment } from './actions/attach.ts';
import { leaveHistory } from './actions/leave-history.ts';
import { openRoom } from './actions/open-room.ts';
import { read } from './actions/read.ts';
import { edit, react } from './actions/relate.ts';
import { openThread, scrollBack } from './actions/scroll-back.ts';
import * as search from './actions/search.ts';
import * as session from './actions/session.ts';
import { type } from './actions/type.ts';
import { draw, moments } from './choices.ts';
import { backUpKeys } from './keys/back-up.ts';
import { refillKeys, setUpKeys } from './keys/own-keys.ts';
import { restoreKeys } from './keys/restore.ts';
import { rotateKeys } from './keys/share-key.ts';
import { accountOf } from './ledger.ts';
import { queueMessage, settled } from './sending.ts';
import { finishPolling, goOffline, goOnline } from './sync/online.ts';
import type { UserState } from './user-state.ts';

/** Plays one person from arrival to the end and returns what that person saw. */
export async function liveUser(scenario: Scenario, state: UserState): Promise<UserRecord> {
  await scenario.live(new LiveUser(state));
  const { index, onlineAtMs, offlineAtMs, leftAtMs, unconfirmed, ledgers, shared } = state;
  const rooms = ledgers.map(accountOf);
  const left = leftAtMs === undefined ? {} : { leftAtMs };
  return { type: 'user', vu: shared.vu, user: index, onlineAtMs, offlineAtMs, unconfirmed, rooms, ...left };
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

  get durationMs(): number {
    return this.#state.shared.plan.durationMs;
  }

  get people(): number {
    const { people, users } = this.#state.shared.plan;
    return people ?? users;
  }

  get rooms(): number {
    return this.#state.row.rooms.length;
  }

  get messages(): readonly OwnMessage[] {
    return this.#state.row.messages;
  }

  until(atMs: number): Promise<void> {
    return this.#state.shared.clock.until(atMs);
  }

  async drain(): Promise<void> {
    await settled(this.#state);
    await acted(this.#state);
    await finishPolling(this.#state);
  }

  draw(name: string): number {
    return draw(this.#state, name);
  }

  moments(name: string, meanGapMs: number): readonly number[] {
    return moments(this.#state, name, meanGapMs);
  }

  goOnline(how: GoOnline = {}): Promise<void> {
    return goOnline(this.#state, how);
  }

  goOffline(): void {
    goOffline(this.#state);
  }

  signIn(atMs?: number): Promise<boolean> {
    return session.signIn(this.#state, atMs);
  }

  async signOut(atMs?: number): Promise<void> {
    await session.signOut(this.#state, atMs);
  }

  async refreshToken(): Promise<void> {
    await session.refreshToken(this.#state);
  }

  async setPresence(presence: 'online' | 'unavailable', atMs?: number): Promise<void> {
    await session.setPresence(this.#state, presence, atMs);
  }

  async registerPusher(gatewayUrl: string, atMs?: number): Promise<void> {
    await session.registerPusher(this.#state, gatewayUrl, atMs);
  }

  send(message: OwnMessage): void {
    queueMessage(this.#state, message);
  }

  async attach(message: OwnMessage, bytes?: number): Promise<void> {
    await attach(this.#state, message, bytes);
  }

  async openAttachment(atMs?: number): Promise<void> {
    await openAttachment(this.#state, atMs);
  }

  async openRoom(room: number, atMs?: number): Promise<void> {
    await openRoom(this.#state, room, atMs);
  }

  async read(room: number, atMs?: number): Promise<void> {
    await read(this.#state, room, atMs);
  }

  async type(room: number, forMs: number, atMs?: number): Promise<void> {
    await type(this.#state, room, forMs, atMs);
  }

  async react(room: number, atMs?: number): Promise<void> {
    await react(this.#state, room, atMs);
  }

  async edit(room: number, atMs?: number): Promise<void> {
    await edit(this.#state, room, atMs);
  }

  async scrollBack(room: number, events: number, atMs?: number): Promise<void> {
    await scrollBack(this.#state, room, events, atMs);
  }

  async openThread(room: number, atMs?: number): Promise<void> {
    await openThread(this.#state, room, atMs);
  }

  async leaveHistory(room: number, messages: number): Promise<void> {
    await leaveHistory(this.#state, room, messages);
  }

  async joinRoom(room: number, atMs?: number): Promise<void> {
    await session.joinRoom(this.#state, room, atMs);
  }

  async searchPeople(atMs?: number): Promise<void> {
    await search.searchPeople(this.#state, atMs);
  }

  async searchRooms(atMs?: number): Promise<void> {
    await search.searchRooms(this.#state, atMs);
  }

  async searchMessages(atMs?: number): Promise<void> {
    await search.searchMessages(this.#state, atMs);
  }

  async browseSpace(room: number, atMs?: number): Promise<void> {
    await search.browseSpace(this.#state, room, atMs);
  }

  async viewProfile(atMs?: number): Promise<void> {
    await search.viewProfile(this.#state, atMs);
  }

  async setUpKeys(atMs?: number): Promise<void> {
    await setUpKeys(this.#state, atMs);
  }

  async refillKeys(atMs?: number): Promise<void> {
    await refillKeys(this.#state, atMs);
  }

  async rotateKeys(room: number, atMs?: number): Promise<void> {
    await rotateKeys(this.#state, room, atMs);
  }

  async backUpKeys(sessions: number, atMs?: number): Promise<void> {
    await backUpKeys(this.#state, sessions, atMs);
  }

  async restoreKeys(atMs?: number): Promise<void> {
    await restoreKeys(this.#state, atMs);
  }
}
