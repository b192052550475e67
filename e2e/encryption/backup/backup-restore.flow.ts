import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { read } from '../meeting.ts';
import { isReadable } from '../membership/past.ts';
import { alteringSessions, emptiedBackup, withOtherStart } from './backup-answers.ts';
import { meetWithBackup, newDeviceOfAlice } from './with-backup.ts';

/** Who has the recovery key gets the past back; without it the new device had nothing. */
export const backupRestore: EncryptionFlow = {
  meta: {
    id: 'encryption.backup.backup-restore',
    title: 'Ein neues Gerät liest mit dem Wiederherstellungsschlüssel die früheren Nachrichten, und ohne ihn nicht.',
    requirements: ['VE-17', 'VE-15'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups',
    standing: 'normative',
    rows: ['e2e-backup-restore'],
  },
  counterexamples: [
    {
      title: 'Der Server hat die gesicherten Schlüssel verloren.',
      defect: emptiedBackup,
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Der Server gibt die gesicherten Schlüssel verändert zurück.',
      defect: alteringSessions((data) => ({ ...data, ciphertext: withOtherStart(data['ciphertext']) })),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const past = await meetWithBackup(context);
    if (past === undefined) return inconclusive('void: Schon das erste Gerät konnte die Nachricht nicht lesen.');
    const { bob, roomId, eventId, text, recoveryKey } = past;
    const phone = await newDeviceOfAlice(context, roomId);
    if (isReadable(await phone.stateOf(roomId, eventId))) {
      return inconclusive('void: Das neue Gerät konnte die Nachricht schon vor der Wiederherstellung lesen.');
    }
    const restored = await phone.restoreBackup(recoveryKey);
    const result =
      restored.kind === 'restored' ? `${restored.imported} von ${restored.total} Schlüsseln` : restored.reason;
    return outcomeOf(
      await read({ from: bob, to: phone, roomId, eventId, text }),
      `Wiederhergestellt: ${result}; die frühere Nachricht wurde entschlüsselt.`,
    );
  },
};
