import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { expectRestored, readAtDevice } from './past.ts';
import { spoiltBackup } from './spoilt-backup.ts';

/** A backup is of use only if other programs can open it. */
export const restoreNodeElement: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.restore-node-element',
    title: 'Was am Knotengerät gesichert wurde, liest der Web-Client des Ziels mit dem Wiederherstellungsschlüssel.',
    requirements: ['VE-17'],
    needs: needsOfClients,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups',
    standing: 'normative',
    rows: ['e2e-cross-client', 'e2e-backup-restore'],
  },
  counterexamples: spoiltBackup,
  run: async (context) => {
    const past = await readAtDevice(context);
    if (past === undefined) return inconclusive('void: Schon am ersten Gerät war nichts zu lesen.');
    const client = await context.client('alice', { name: 'Arbeitsplatz', recoveryKey: past.recoveryKey });
    return outcomeOf(
      await expectRestored(client, past),
      'Nach der Eingabe des Schlüssels steht die frühere Nachricht lesbar im Raum.',
    );
  },
};
