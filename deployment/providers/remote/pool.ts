import type { Account, AccountKind, AccountSource, Session } from '../../../core/model/bench.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { Ledger } from '../../ledger.ts';
import { openAdministrator } from './administrator.ts';
import { type Belongings, belongingsOf } from './belongings.ts';
import { type CleanOptions, clearAccount, isValid } from './clean.ts';
import type { Connection } from './connection.ts';
import type { PoolAccount, TargetSource } from './read-target.ts';
import { logIn, verifyToken } from './session.ts';

export interface PoolOptions extends Pick<CleanOptions, 'progress'> {
  readonly source: TargetSource;
  readonly connection: Connection;
  readonly ledger: Ledger;
  /** Filled with the newest session of every user. */
  readonly sessions: Map<string, Session>;
  onLimited(waitMs: number): void;
}

/** The accounts of the target file, each lent to one holder at a time. Nobody else's accounts and no privileges. */
export function createPool(options: PoolOptions): AccountSource {
  const { source } = options;
  const withPassword = source.accounts.filter((account) => 'password' in account);
  const free = [...withPassword, ...source.accounts.filter((account) => !('password' in account))];
  const created = new Map<string, { userId: string; kind: AccountKind }>();
  const lend = (kind: AccountKind): Account => {
    const at = kind === 'ordinary' ? free.findIndex((account) => 'password' in account) : 0;
    const [account] = at < 0 ? [] : free.splice(at, 1);
    if (account === undefined) throw usedUp(source, kind);
    created.set(account.userId, { userId: account.userId, kind: 'ordinary' });
    return { userId: account.userId, kind: 'ordinary', ...('password' in account && { password: account.password }) };
  };
  const known = ({ userId }: Account): PoolAccount => {
    const account = source.accounts.find((one) => one.userId === userId);
    if (account === undefined) throw new RigError('defect', `${userId} is not in ${source.path}`);
    return account;
  };
  const tokensInUse = new Set<string>();
  /** What each account had before the run touched it: that stays. */
  const belongings = new Map<string, Belongings>();
  const remembering = async (session: Session): Promise<Session> => {
    if (belongings.has(session.userId)) return session;
    const before = await belongingsOf(options.connection, session);
    if (before !== undefined) belongings.set(session.userId, before);
    return session;
  };
  const login = async (account: Account, deviceName: string, held?: (ms: number) => void) => {
    const of = known(account);
    const session =
      'password' in of
        ? await newDevice(options, { account: of, deviceName, held })
        : await givenDevice(options, of, tokensInUse);
    return remembering(session);
  };
  return {
    size: source.accounts.length,
    get created() {
      return [...created.values()];
    },
    lease: async (_label, kind = 'bench') =>
      kind === 'administrator' ? (await openAdministrator(source, options.connection)).account : lend(kind),
    leaseMany: async (_label, count) => {
      if (count > free.length) throw usedUp(source, 'bench', count);
      return Array.from({ length: count }, () => lend('bench'));
    },
    login,
    session: async (account, held) =>
      account.kind === 'administrator'
        ? (await openAdministrator(source, options.connection)).session
        : ((await leftDevice(options, account)) ?? login(account, 'Prüfstand', held)),
    release: async (accounts) => {
      for (const account of accounts) {
        if (account.kind === 'administrator') continue;
        const back = known(account);
        const before = belongings.get(account.userId);
        if (before !== undefined) await clearAccount(options, account.userId, before);
        if (!('password' in back)) tokensInUse.delete(back.accessToken);
        // At the end of the list: every account gets its turn, and its limits time to recover.
        free.push(back);
      }
    },
  };
}

/** The device an earlier holder of the account had, unless it was logged out. */
async function leftDevice(
  { connection, sessions, source }: PoolOptions,
  { userId }: Account,
): Promise<Session | undefined> {
  const left = sessions.get(userId);
  const isGiven = source.accounts.some((one) => one.userId === userId && 'accessToken' in one);
  return left !== undefined && !isGiven && (await isValid(connection, left)) ? left : undefined;
}

interface NewDevice {
  readonly account: Extract<PoolAccount, { password: string }>;
  readonly deviceName: string;
  readonly held: ((ms: number) => void) | undefined;
}

async function newDevice(options: PoolOptions, { account, deviceName, held }: NewDevice): Promise<Session> {
  const { connection, ledger, sessions } = options;
  const onLimited = (waitMs: number) => {
    options.onLimited(waitMs);
    held?.(waitMs);
  };
  const session = await logIn({ ...options, onLimited }, account, deviceName);
  ledger.made({ kind: 'session', userId: session.userId, deviceId: session.deviceId });
  connection.know(session.accessToken, session.userId);
  sessions.set(session.userId, session);
  return session;
}

/** The one device whose token the target file gives; it is not ours to log out. */
async function givenDevice(
  { source, connection, sessions }: PoolOptions,
  account: Extract<PoolAccount, { accessToken: string }>,
  tokensInUse: Set<string>,
): Promise<Session> {
  const { userId, deviceId, accessToken } = account;
  if (tokensInUse.has(accessToken)) {
    throw new RigError('accessMissing', {
      de: `${userId} hat in ${source.path} nur ein Token und damit ein Gerät; für ein zweites ein Kennwort angeben.`,
      en: `${userId} has only a token in ${source.path}, so one device; give a password for a second one.`,
    });
  }
  tokensInUse.add(accessToken);
  await verifyToken({ source, connection }, account);
  connection.know(accessToken, userId);
  const session = { userId, deviceId, accessToken };
  sessions.set(userId, session);
  return session;
}

function usedUp({ path, accounts }: TargetSource, kind: AccountKind, count = 1): RigError {
  const suffix = kind === 'ordinary' ? { de: ' mit Kennwort', en: ' with a password' } : { de: '', en: '' };
  return new RigError('accessMissing', {
    de: `Die ${accounts.length} Konten in ${path} reichen nicht: Es fehlt noch ${count}${suffix.de}; unter „accounts“ weitere angeben.`,
    en: `The ${accounts.length} accounts in ${path} are not enough: ${count} more${suffix.en} needed; add some under "accounts".`,
  });
}
