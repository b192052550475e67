import type { Account, AccountKind, AccountSource, Session } from '../../../core/model/bench.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { Ledger } from '../../ledger.ts';
import type { Connection } from './connection.ts';
import type { PoolAccount, TargetSource } from './read-target.ts';
import { logIn, verifyToken } from './session.ts';

export interface PoolOptions {
  readonly source: TargetSource;
  readonly connection: Connection;
  readonly ledger: Ledger;
  /** Filled with the newest session of every user. */
  readonly sessions: Map<string, Session>;
  onLimited(waitMs: number): void;
}

/** The accounts of the target file, each lent once. Nobody else's accounts and no privileges. */
export function createPool(options: PoolOptions): AccountSource {
  const { source } = options;
  const withPassword = source.accounts.filter((account) => 'password' in account);
  const free = [...withPassword, ...source.accounts.filter((account) => !('password' in account))];
  const created: { userId: string; kind: AccountKind }[] = [];
  const lend = (kind: AccountKind): Account => {
    const at = kind === 'ordinary' ? free.findIndex((account) => 'password' in account) : 0;
    const [account] = at < 0 ? [] : free.splice(at, 1);
    if (account === undefined) throw usedUp(source, kind);
    created.push({ userId: account.userId, kind: 'ordinary' });
    return { userId: account.userId, kind: 'ordinary', ...('password' in account && { password: account.password }) };
  };
  const tokensInUse = new Set<string>();
  return {
    created,
    lease: async (_label, kind = 'bench') => lend(kind),
    leaseMany: async (_label, count) => {
      if (count > free.length) throw usedUp(source, 'bench', count);
      return Array.from({ length: count }, () => lend('bench'));
    },
    login: async (account, deviceName) => {
      const known = source.accounts.find(({ userId }) => userId === account.userId);
      if (known === undefined) throw new RigError('defect', `${account.userId} is not in ${source.path}`);
      return 'password' in known ? newDevice(options, known, deviceName) : givenDevice(options, known, tokensInUse);
    },
  };
}

async function newDevice(
  options: PoolOptions,
  account: Extract<PoolAccount, { password: string }>,
  deviceName: string,
): Promise<Session> {
  const { connection, ledger, sessions } = options;
  const session = await logIn(options, account, deviceName);
  ledger.made({ kind: 'session', userId: session.userId, deviceId: session.deviceId });
  connection.know(session.accessToken, session.userId);
  sessions.set(session.userId, session);
  return session;
}

/** The one device whose token the target file gives; it is not ours to log out. */
async function givenDevice(
  { source, connection }: PoolOptions,
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
  return { userId, deviceId, accessToken };
}

function usedUp({ path, accounts }: TargetSource, kind: AccountKind, count = 1): RigError {
  const suffix = kind === 'ordinary' ? { de: ' mit Kennwort', en: ' with a password' } : { de: '', en: '' };
  return new RigError('accessMissing', {
    de: `Die ${accounts.length} Konten in ${path} reichen nicht: Es fehlt noch ${count}${suffix.de}; unter „accounts“ weitere angeben.`,
    en: `The ${accounts.length} accounts in ${path} are not enough: ${count} more${suffix.en} needed; add some under "accounts".`,
  });
}
