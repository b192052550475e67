import { inconclusive } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { readAtDevice, restoreAtDevice } from './past.ts';
import { spoiltBackup } from './spoilt-backup.ts';

/** What one browser put into the backup comes back in another one. */
export const restoreBrowserBrowser: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.restore-browser-browser',
    title:
      'Was an einem Gerät im Browser gesichert wurde, liest eines in einem anderen Browser mit dem Wiederherstellungsschlüssel.',
    requirements: ['VE-17', 'VE-15'],
    needs: ['accounts', 'mayMutate', 'chromium'],
    timeoutMs: 240_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups',
    standing: 'normative',
    rows: ['e2e-cross-client', 'e2e-backup-restore'],
  },
  counterexamples: spoiltBackup,
  run: async (context) => {
    const past = await readAtDevice(context, { runsIn: 'browser' });
    if (past === undefined) return inconclusive('void: Schon am ersten Gerät war nichts zu lesen.');
    const phone = await context.device('alice', { name: 'Telefon', runsIn: 'browser' });
    return restoreAtDevice(phone, past, 'Browsergerät → Browsergerät');
  },
};
