import type { Account } from '../../../core/model/bench.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { LoginWay } from './login-way.ts';

const deviceName = 'Lastgerät';

/** The accounts of the target file, each with its password or token. */
export const givenAccounts: LoginWay = {
  gap: ({ accounts }, users) =>
    accounts.size === undefined || accounts.size >= users
      ? undefined
      : {
          de: `Das Szenario braucht ${users} Konten, die Zieldatei nennt ${accounts.size}; weitere unter „accounts“ angeben oder --login admin-token wählen.`,
          en: `the scenario needs ${users} accounts, the target file gives ${accounts.size}; add some under "accounts" or choose --login admin-token.`,
        },
  open: async ({ accounts }, users) => {
    const leased = await accounts.leaseMany('load', users);
    const byId = new Map<string, Account>(leased.map((account) => [account.userId, account]));
    const of = (userId: string | undefined): Account => {
      const account = userId === undefined ? undefined : byId.get(userId);
      if (account !== undefined) return account;
      throw new RigError('defect', `${userId} is none of the ${leased.length} leased accounts`);
    };
    return {
      create: async (user) => ({ userId: of(leased[user]?.userId).userId }),
      enter: (userId) => accounts.login(of(userId), deviceName),
    };
  },
};
