import { openAdministrationCalls } from './administration-calls.ts';
import type { LoginWay } from './login-way.ts';

/**
 * Accounts without password and tokens at the administration's port. Synapse binds such a token to no device (only
 * registering and logging in give one), so keys and to-device messages take the other ways.
 */
export const adminToken: LoginWay = {
  gap: ({ target }) =>
    target.adminUrl !== undefined && target.capabilities.includes('admin')
      ? undefined
      : {
          de: 'Konten lassen sich dort nicht anlegen: In der Zieldatei fehlen „adminUrl“ und „adminToken“.',
          en: 'no accounts can be created there: the target file has no "adminUrl" and "adminToken".',
        },
  open: async (bench) => {
    const administration = await openAdministrationCalls(bench);
    const enter = async (userId: string) => {
      await administration.createUser(userId);
      // A running target is measured as it is.
      if (bench.target.provider !== 'remote') await administration.liftLimits(userId);
      return { userId, deviceId: '', accessToken: await administration.mintToken(userId) };
    };
    // Only named here and made on entering: what is on its way when everything ends is written down already.
    return { create: async (_user, label) => ({ userId: `@${label}:${bench.target.serverName}` }), enter };
  },
};
