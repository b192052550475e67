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
      await administration.liftLimits(userId);
      return { userId, deviceId: '', accessToken: await administration.mintToken(userId) };
    };
    return { create: async (_user, label) => ({ userId: await administration.createUser(label) }), enter };
  },
};
