import type { LoginWay } from './login-way.ts';

const deviceName = 'Lastgerät';

/** As the bench's application service: registering gives a device at once, and no limit applies. */
export const applicationService: LoginWay = {
  gap: ({ target }) =>
    target.provider === 'remote'
      ? {
          de: 'Ein Ziel im Betrieb hat keinen Anwendungsdienst des Prüfstands; --login given oder admin-token wählen.',
          en: 'a running target has no application service of the bench; choose --login given or admin-token.',
        }
      : undefined,
  open: async ({ accounts }) => ({
    create: async (_user, label) => {
      const account = await accounts.lease(label, 'bench', { withSession: true });
      return { userId: account.userId, session: await accounts.session(account) };
    },
    enter: (userId) => accounts.login({ userId, kind: 'bench' }, deviceName),
  }),
};
