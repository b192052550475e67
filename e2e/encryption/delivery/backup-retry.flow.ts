import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { failingFirst } from '../../lib/fault.ts';
import { alteringSessions, emptiedBackup, withOtherStart } from '../backup/backup-answers.ts';
import { newDeviceOfAlice } from '../backup/with-backup.ts';
import type { EncryptionFlow } from '../context.ts';
import { read } from '../meeting.ts';

const failures = 2;

/** What is missing in the backup is missed on the day the device is lost. */
export const backupRetry: EncryptionFlow = {
  meta: {
    id: 'encryption.delivery.backup-retry',
    title:
      'Scheitert das Hochladen in die Sicherung, wiederholt das Gerät es, und ein neues Gerät stellt alles wieder her.',
    requirements: ['VE-17', 'VE-15'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    waits: 'Ein Gerät wartet bis zu zehn Sekunden, bevor es neue Schlüssel sichert.',
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups',
    standing: 'normative',
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
    const fault = failingFirst(failures, '/room_keys/keys');
    const [alice, bob] = await Promise.all([
      context.device('alice', { between: fault.between }),
      context.device('bob'),
    ]);
    const roomId = await alice.createEncryptedRoom({
      name: `Prüfraum ${context.random.word(12)}`,
      invite: [bob.userId],
    });
    await bob.joinRoom(roomId);
    const text = `Trotz Störung gesichert ${context.random.word(12)}`;
    const eventId = await bob.sendText(roomId, text);
    if ((await read({ from: bob, to: alice, roomId, eventId, text })).length > 0)
      return inconclusive('void: Schon das erste Gerät konnte die Nachricht nicht lesen.');
    fault.begin();
    const recoveryKey = await alice.setUpBackup();
    if (fault.failed() < failures)
      return inconclusive(`void: Nur ${fault.failed()} von ${failures} Anfragen waren gestört.`);
    const phone = await newDeviceOfAlice(context, roomId);
    await phone.restoreBackup(recoveryKey);
    return outcomeOf(
      await read({ from: bob, to: phone, roomId, eventId, text }),
      `${failures} gestörte Anfragen, danach ${fault.passed()} angenommene; das neue Gerät liest die Nachricht.`,
    );
  },
};
