import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type EncryptionFlow, needsOfSecondClient } from '../context.ts';
import { expectRestored, readAtDevice } from './past.ts';
import { spoiltBackup } from './spoilt-backup.ts';

/** A backup of a browser opens in a client that shares none of its code. */
export const restoreBrowserHydrogen: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.restore-browser-hydrogen',
    title:
      'Was an einem Gerät im Browser gesichert wurde, liest ein zweiter Web-Client (Hydrogen) mit dem Wiederherstellungsschlüssel.',
    requirements: ['VE-17'],
    needs: needsOfSecondClient,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups',
    // What our own test programs make of each other is nothing the target has to answer for.
    standing: 'informative',
    rows: ['e2e-cross-client', 'e2e-backup-restore'],
  },
  counterexamples: spoiltBackup,
  run: async (context) => {
    const past = await readAtDevice(context, { runsIn: 'browser' });
    if (past === undefined) return inconclusive('void: Schon am ersten Gerät war nichts zu lesen.');
    const { recoveryKey } = past;
    const client = await context.client('alice', { client: 'hydrogen', name: 'Zweitgerät', recoveryKey });
    return outcomeOf(
      await expectRestored(client, past),
      'Nach der Eingabe des Schlüssels steht die frühere Nachricht lesbar im Raum.',
    );
  },
};
