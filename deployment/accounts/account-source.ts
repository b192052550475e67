import type { HttpSend } from '../../core/http/http.ts';
import type { Account, AccountKind, AccountSource, LeaseWish, Session } from '../../core/model/bench.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { inParallel } from '../../core/run/in-parallel.ts';
import type { Administration } from './administration.ts';
import { loginAsService, loginWithPassword } from './login.ts';
import type { MachineLogins } from './machine-logins.ts';
import { mustCall, textOf } from './matrix-call.ts';
import { createNames, createPassword } from './names.ts';
import { sessionFrom } from './session.ts';

export interface AccountSourceOptions {
  readonly seed: string;
  readonly send: HttpSend;
  readonly homeserverUrl: string;
  readonly serviceToken: string;
  readonly administration: Administration;
  readonly ordinaryLogins: MachineLogins;
  onLimited?(waitMs: number): void;
}

/** Of a device nobody gave a name to. */
const deviceName = 'Pruefstand';

/** Registrations under way at once; more does not make one Synapse process faster (measured on two cores). */
const registrationsAtOnce = 8;

/** Accounts of a deployment that is ours: made on demand. */
export function createAccountSource(options: AccountSourceOptions): AccountSource {
  const nameFor = createNames(options.seed);
  const created: { userId: string; kind: AccountKind }[] = [];
  const noted = (account: Account): Account => {
    created.push({ userId: account.userId, kind: account.kind });
    return account;
  };
  const entered = new Map<string, Session>();
  const bench = async (name: string, wish?: LeaseWish) => {
    const { userId, session } = await registerBench(options, name, wish);
    if (session !== undefined) entered.set(userId, session);
    return noted({ userId, kind: 'bench' });
  };
  const ordinary = async (name: string): Promise<Account> => {
    const password = createPassword();
    return noted({ userId: await options.administration.createUser(name, password), kind: 'ordinary', password });
  };
  const lease: Record<AccountKind, (label: string, wish?: LeaseWish) => Promise<Account>> = {
    bench: (label, wish) => bench(nameFor('bench-', label), wish),
    ordinary: (label) => ordinary(nameFor('person-', label)),
    administrator: async () => ({ userId: options.administration.session.userId, kind: 'administrator' }),
  };
  return {
    created,
    lease: (label, kind = 'bench', wish) => lease[kind](label, wish),
    leaseMany: async (label, count) => {
      const names = Array.from({ length: count }, () => nameFor('bench-', label));
      const accounts = new Map<string, Account>();
      await inParallel(names, registrationsAtOnce, async (name) => void accounts.set(name, await bench(name)));
      return names.flatMap((name) => accounts.get(name) ?? []);
    },
    login: (account, deviceName, held) => login(options, { account, deviceName, held }),
    session: async (account, held) => {
      if (account.kind === 'administrator') return options.administration.session;
      const made = entered.get(account.userId);
      entered.delete(account.userId);
      return made ?? login(options, { account, deviceName, held });
    },
    // Everybody gets a new one.
    release: async () => {},
  };
}

/** Limits are lifted by hand, because Synapse exempts only requests that carry the service's own token. */
async function registerBench(
  options: AccountSourceOptions,
  username: string,
  { withSession }: LeaseWish = { withSession: false },
): Promise<{ readonly userId: string; readonly session?: Session }> {
  const device = withSession ? { initial_device_display_name: deviceName } : { inhibit_login: true };
  const body = { type: 'm.login.application_service', username, ...device };
  const url = `${options.homeserverUrl}/_matrix/client/v3/register`;
  const request = { method: 'POST', url, token: options.serviceToken, body } as const;
  const made = await mustCall(options.send, request, 'registering a bench account');
  const userId = textOf(made, 'user_id');
  await options.administration.liftLimits(userId);
  return withSession ? { userId, session: sessionFrom(made) } : { userId };
}

interface Login {
  readonly account: Account;
  readonly deviceName: string;
  readonly held: ((ms: number) => void) | undefined;
}

function login(options: AccountSourceOptions, { account, deviceName, held }: Login): Promise<Session> {
  const { send, homeserverUrl } = options;
  const onLimited = (waitMs: number) => {
    options.onLimited?.(waitMs);
    held?.(waitMs);
  };
  const settings = { deviceName, onLimited };
  if (account.kind === 'bench') {
    return loginAsService({ ...settings, send, homeserverUrl }, account.userId, options.serviceToken);
  }
  const { password } = account;
  if (password === undefined) throw new RigError('defect', `the ordinary account ${account.userId} has no password`);
  return options.ordinaryLogins((path) => loginWithPassword({ ...settings, ...path }, account.userId, password));
}
