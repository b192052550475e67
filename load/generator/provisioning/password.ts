import type { Account } from '../../../core/model/bench.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { openAdministrationCalls } from './administration-calls.ts';
import type { LoginWay } from './login-way.ts';

const deviceName = 'Lastgerät';

/** As people log in, each at a machine of their own; afterwards no limit of Synapse's counts for the account. */
export const password: LoginWay = {
  gap: ({ target }) =>
    target.provider !== 'remote' && target.adminUrl !== undefined && target.capabilities.includes('passwordLogin')
      ? undefined
      : {
          de: 'Konten mit Kennwort lassen sich dort nicht anlegen; --login given nimmt die der Zieldatei.',
          en: 'no accounts with a password can be created there; --login given takes those of the target file.',
        },
  open: async (bench) => {
    const { accounts } = bench;
    const administration = await openAdministrationCalls(bench);
    const made = new Map<string, Account>();
    return {
      create: async (_user, label) => {
        const account = await accounts.lease(label, 'ordinary');
        made.set(account.userId, account);
        await administration.liftLimits(account.userId);
        return { userId: account.userId };
      },
      enter: (userId) => {
        const account = made.get(userId);
        if (account !== undefined) return accounts.login(account, deviceName);
        throw new RigError('accessMissing', {
          de: `Das Kennwort von ${userId} ist nicht mehr bekannt; die Vorbereitung mit einer neuen Datei beginnen.`,
          en: `the password of ${userId} is not known any more; begin the preparation with another file.`,
        });
      },
    };
  },
};
