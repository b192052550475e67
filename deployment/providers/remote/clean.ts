import type { HttpAnswer } from '../../../core/http/http.ts';
import type { Session } from '../../../core/model/bench.ts';
import type { Text } from '../../../core/model/text.ts';
import { call, objectIn } from '../../accounts/matrix-call.ts';
import type { Creation, Ledger } from '../../ledger.ts';
import { type Belongings, belongingsOf } from './belongings.ts';
import type { Connection } from './connection.ts';
import type { PoolAccount, TargetSource } from './read-target.ts';
import { briefly } from './refusals.ts';
import { logIn } from './session.ts';

export interface CleanOptions {
  readonly source: TargetSource;
  readonly connection: Connection;
  readonly ledger: Ledger;
  /** Sessions of this process by user; without one the user is logged in anew. */
  readonly sessions?: ReadonlyMap<string, Session>;
  progress(text: Text): void;
}

/**
 * Makes an account ready for its next holder: what came to it since `before` goes (rooms, invitations, further devices). Only
 * the newest device of the run stays. What cannot be removed is told and kept in the ledger.
 */
export async function clearAccount(options: CleanOptions, userId: string, before: Belongings): Promise<void> {
  const account = options.source.accounts.find((known) => known.userId === userId);
  if (account === undefined) return;
  const session = await usableSession(options, account);
  const owner = { session, account };
  const own = options.ledger.open().filter((creation) => creation.userId === userId);
  for (const creation of own) if (!isOwn(creation, session)) await remove(options, owner, creation);
  const now = (await belongingsOf(options.connection, session)) ?? before;
  for (const roomId of now) {
    if (!before.has(roomId)) await removeOne(options.connection, session, account, room(userId, roomId));
  }
}

const room = (userId: string, roomId: string): Creation => ({ kind: 'room', userId, roomId });

/** Leaves and forgets the rooms and ends the sessions a run made. Returns a line for each; what stays is told and kept in the ledger. */
export async function removeCreations(options: CleanOptions): Promise<string[]> {
  const { source, ledger, progress } = options;
  const removed: string[] = [];
  const byUser = Map.groupBy(ledger.open(), ({ userId }) => userId);
  for (const [userId, creations] of byUser) {
    const account = source.accounts.find((known) => known.userId === userId);
    if (account === undefined) {
      progress({
        de: `${userId} steht nicht in ${source.path}: ${creations.length} Dinge dieses Kontos bleiben auf dem Ziel.`,
        en: `${userId} is not in ${source.path}: ${creations.length} things of that account stay on the target.`,
      });
      continue;
    }
    removed.push(...(await removeOfUser(options, account, creations)));
  }
  return removed;
}

async function removeOfUser(
  options: CleanOptions,
  account: PoolAccount,
  creations: readonly Creation[],
): Promise<string[]> {
  const session = await usableSession(options, account);
  const removed: string[] = [];
  for (const creation of lastOwnSession(creations, session)) {
    if (await remove(options, { session, account }, creation)) removed.push(nameOf(creation).en);
  }
  if ('password' in account && !isAmong(creations, session)) {
    await post(options.connection, session, '/logout', {});
    options.ledger.removed({ kind: 'session', userId: session.userId, deviceId: session.deviceId });
  }
  return removed;
}

interface Owner {
  readonly session: Session;
  readonly account: PoolAccount;
}

/** Whether it is gone. */
async function remove({ connection, ledger, progress }: CleanOptions, owner: Owner, creation: Creation) {
  const answer = await removeOne(connection, owner.session, owner.account, creation);
  if (isGone(answer)) {
    ledger.removed(creation);
    return true;
  }
  const name = nameOf(creation);
  const said = briefly(answer);
  progress({ de: `${name.de} bleibt auf dem Ziel: ${said}`, en: `${name.en} stays on the target: ${said}` });
  return false;
}

function nameOf(creation: Creation) {
  const { userId } = creation;
  return creation.kind === 'room'
    ? { de: `Raum ${creation.roomId} von ${userId}`, en: `room ${creation.roomId} of ${userId}` }
    : { de: `Sitzung ${creation.deviceId} von ${userId}`, en: `session ${creation.deviceId} of ${userId}` };
}

const isOwn = (creation: Creation, session: Session): boolean =>
  creation.kind === 'session' && creation.deviceId === session.deviceId;

const isAmong = (creations: readonly Creation[], session: Session): boolean =>
  creations.some((creation) => isOwn(creation, session));

/** Rooms first, then other devices; the session that does the work goes at the very end. */
function lastOwnSession(creations: readonly Creation[], session: Session): Creation[] {
  const rank = (creation: Creation) => (creation.kind === 'room' ? 0 : isOwn(creation, session) ? 2 : 1);
  return creations.toSorted((a, b) => rank(a) - rank(b));
}

/** A session of this process that was not ended meanwhile; the tokens of a killed run are known to nobody. */
async function usableSession(options: CleanOptions, account: PoolAccount): Promise<Session> {
  if ('accessToken' in account) return account;
  const known = options.sessions?.get(account.userId);
  if (known !== undefined && (await isValid(options.connection, known))) return known;
  return logIn(options, account, 'Prüfstand, Aufräumen');
}

/** Whether the session still lets its owner in. */
export async function isValid({ send, homeserverUrl }: Connection, { accessToken }: Session): Promise<boolean> {
  const url = `${homeserverUrl}/_matrix/client/v3/account/whoami`;
  return (await call(send, { method: 'GET', url, token: accessToken })).status === 200;
}

async function removeOne(
  connection: Connection,
  session: Session,
  account: PoolAccount,
  creation: Creation,
): Promise<HttpAnswer> {
  if (isOwn(creation, session)) return post(connection, session, '/logout', {});
  if (creation.kind === 'session') return deleteDevice(connection, session, account, creation.deviceId);
  const path = `/rooms/${encodeURIComponent(creation.roomId)}`;
  const left = await post(connection, session, `${path}/leave`, {});
  // Who was removed or banned has left already, and still remembers the room.
  return isGone(left) ? post(connection, session, `${path}/forget`, {}) : left;
}

/** Deleting another device asks for the password once more. */
async function deleteDevice(
  connection: Connection,
  session: Session,
  account: PoolAccount,
  deviceId: string,
): Promise<HttpAnswer> {
  const body = { devices: [deviceId] };
  const asked = await post(connection, session, '/delete_devices', body);
  if (asked.status !== 401 || !('password' in account)) return asked;
  const identifier = { type: 'm.id.user', user: account.userId };
  const proof = {
    type: 'm.login.password',
    identifier,
    password: account.password,
    session: objectIn(asked)['session'],
  };
  return post(connection, session, '/delete_devices', { ...body, auth: proof });
}

/** Already left or deleted is as good as removed now. */
function isGone(answer: HttpAnswer): boolean {
  return (
    answer.status === 200 ||
    answer.status === 404 ||
    (answer.status === 403 && /not in room|not a member/i.test(answer.text()))
  );
}

function post(
  { send, homeserverUrl }: Connection,
  { accessToken }: Session,
  path: string,
  body: unknown,
): Promise<HttpAnswer> {
  return call(send, { method: 'POST', url: `${homeserverUrl}/_matrix/client/v3${path}`, token: accessToken, body });
}
