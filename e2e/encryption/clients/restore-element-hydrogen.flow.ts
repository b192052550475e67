import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type EncryptionFlow, needsOfSecondClient } from '../context.ts';
import { expectRestored, readAtClient } from './past.ts';
import { spoiltBackup } from './spoilt-backup.ts';

/** Whoever leaves the target's client takes the past along. */
export const restoreElementHydrogen: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.restore-element-hydrogen',
    title:
      'Was am Web-Client des Ziels gesichert wurde, liest ein zweiter (Hydrogen) mit dem Wiederherstellungsschlüssel.',
    requirements: ['VE-17'],
    needs: needsOfSecondClient,
    timeoutMs: 360_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups',
    // Which of the two is to blame cannot be told from outside, and one of them is the bench's own.
    standing: 'informative',
    rows: ['e2e-cross-client', 'e2e-backup-restore'],
  },
  counterexamples: spoiltBackup,
  run: async (context) => {
    const past = await readAtClient(context);
    if (past === undefined) return inconclusive('void: Schon am ersten Gerät war nichts zu lesen oder zu sichern.');
    // Whoever is still signed in elsewhere could hand over the keys without a backup.
    await past.bob[Symbol.asyncDispose]();
    const { recoveryKey } = past;
    const client = await context.client('bob', { client: 'hydrogen', name: 'Zweitgerät', recoveryKey });
    return outcomeOf(
      await expectRestored(client, past),
      'Nach der Eingabe des Schlüssels steht die frühere Nachricht lesbar im Raum.',
    );
  },
};
