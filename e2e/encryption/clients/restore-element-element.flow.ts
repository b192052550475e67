import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { expectRestored, readAtClient } from './past.ts';
import { spoiltBackup } from './spoilt-backup.ts';

/** Whoever gets another computer goes on where they left off. */
export const restoreElementElement: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.restore-element-element',
    title:
      'Was am Web-Client des Ziels gesichert wurde, liest er nach einer neuen Anmeldung mit dem Wiederherstellungsschlüssel.',
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
    // Whoever is still signed in elsewhere could hand over the keys without a backup.
    await past.bob[Symbol.asyncDispose]();
    const client = await context.client('bob', { name: 'Arbeitsplatz', recoveryKey: past.recoveryKey });
    return outcomeOf(
      await expectRestored(client, past),
      'Nach der Eingabe des Schlüssels steht die frühere Nachricht lesbar im Raum.',
    );
  },
};
