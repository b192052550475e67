import { inconclusive } from '../../../core/model/outcome.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { readAtClient, restoreAtDevice } from './past.ts';
import { spoiltBackup } from './spoilt-backup.ts';

/** A backup is of use only if other programs can open it. */
export const restoreElementNode: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.restore-element-node',
    title: 'Was am Web-Client des Ziels gesichert wurde, liest das Knotengerät mit dem Wiederherstellungsschlüssel.',
    requirements: ['VE-17', 'VE-15'],
    needs: needsOfClients,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups',
    standing: 'normative',
    rows: ['e2e-cross-client', 'e2e-backup-restore'],
  },
  counterexamples: spoiltBackup,
  run: async (context) => {
    const past = await readAtClient(context);
    if (past === undefined) return inconclusive('void: Schon am ersten Gerät war nichts zu lesen oder zu sichern.');
    const phone = await context.device('bob', { name: 'Telefon' });
    return restoreAtDevice(phone, past, 'Element → Knotengerät');
  },
};
