import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { expectRestored, readAtDevice } from './past.ts';
import { spoiltBackup } from './spoilt-backup.ts';

/** The target's client opens a backup that a browser made with the library of today. */
export const restoreBrowserElement: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.restore-browser-element',
    title:
      'Was an einem Gerät im Browser gesichert wurde, liest der Web-Client des Ziels mit dem Wiederherstellungsschlüssel.',
    requirements: ['VE-17'],
    needs: needsOfClients,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups',
    standing: 'normative',
    rows: ['e2e-cross-client', 'e2e-backup-restore'],
  },
  counterexamples: spoiltBackup,
  run: async (context) => {
    const past = await readAtDevice(context, { runsIn: 'browser' });
    if (past === undefined) return inconclusive('void: Schon am ersten Gerät war nichts zu lesen.');
    const client = await context.client('alice', { name: 'Arbeitsplatz', recoveryKey: past.recoveryKey });
    return outcomeOf(
      await expectRestored(client, past),
      'Nach der Eingabe des Schlüssels steht die frühere Nachricht lesbar im Raum.',
    );
  },
};
