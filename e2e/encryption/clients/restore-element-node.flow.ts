import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { alteringSessions, withOtherStart } from '../backup/backup-answers.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { isReadable } from '../membership/past.ts';
import { lostBackup } from './altered-client.ts';
import { notRestored, readAtClient } from './past.ts';

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
  counterexamples: [
    {
      title: 'Der Server hat die gesicherten Schlüssel verloren.',
      defect: lostBackup,
      expectFinding: 'not-restored',
    },
    {
      title: 'Der Server gibt die gesicherten Schlüssel verändert zurück.',
      defect: alteringSessions((data) => ({ ...data, ciphertext: withOtherStart(data['ciphertext']) })),
      expectFinding: 'not-restored',
    },
  ],
  run: async (context) => {
    const past = await readAtClient(context);
    if (past === undefined) return inconclusive('void: Schon am ersten Gerät war nichts zu lesen oder zu sichern.');
    const { room, text, eventId, recoveryKey } = past;
    const phone = await context.device('bob', { name: 'Telefon' });
    await phone.waitForRoom(room.id);
    if (isReadable(await phone.stateOf(room.id, eventId)))
      return inconclusive('void: Das neue Gerät konnte die Nachricht schon vor der Wiederherstellung lesen.');
    await phone.restoreBackup(recoveryKey);
    const state = await phone.waitForMessage(room.id, eventId);
    const isRestored = state.kind === 'decrypted' && state.text === text;
    return outcomeOf(
      isRestored ? [] : [notRestored('Element → Knotengerät')],
      'Vor der Eingabe des Schlüssels unlesbar, danach gelesen.',
    );
  },
};
