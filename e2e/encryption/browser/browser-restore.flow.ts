import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { emptiedBackup } from '../backup/backup-answers.ts';
import { meetWithBackup, newDeviceOfAlice } from '../backup/with-backup.ts';
import type { EncryptionFlow } from '../context.ts';
import { forgetful } from '../defects/weak-devices.ts';
import { read } from '../meeting.ts';
import { isReadable } from '../membership/past.ts';

/** What a browser got back from the backup lies on its disk, and stays there when the browser crashes. */
export const browserRestore: EncryptionFlow = {
  meta: {
    id: 'encryption.browser.browser-restore',
    title:
      'Ein neues Gerät im Browser liest mit dem Wiederherstellungsschlüssel frühere Nachrichten, auch nach einem Absturz.',
    requirements: ['VE-17', 'VE-15'],
    needs: ['accounts', 'mayMutate', 'chromium'],
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
      title: 'Das Gerät im Browser behält nicht, was es wiederhergestellt hat.',
      defect: forgetful('alice (Telefon)'),
      expectFinding: 'lost-when-killed',
    },
  ],
  run: async (context) => {
    const past = await meetWithBackup(context);
    if (past === undefined) return inconclusive('void: Schon das erste Gerät konnte die Nachricht nicht lesen.');
    const { bob, roomId, eventId, text, recoveryKey } = past;
    const phone = await newDeviceOfAlice(context, roomId, { runsIn: 'browser' });
    if (isReadable(await phone.stateOf(roomId, eventId))) {
      return inconclusive('void: Das neue Gerät konnte die Nachricht schon vor der Wiederherstellung lesen.');
    }
    const restored = await phone.restoreBackup(recoveryKey);
    const unread = await read({ from: bob, to: phone, roomId, eventId, text });
    const count = restored.kind === 'restored' ? `${restored.imported} von ${restored.total}` : restored.reason;
    if (unread.length > 0) {
      return outcomeOf(
        unread.map((finding) => ({ ...finding, observed: `${finding.observed} Wiederhergestellt: ${count}.` })),
        '',
      );
    }
    const again = await context.killed(phone);
    await again.waitForRoom(roomId);
    const lost = await read({ from: bob, to: again, roomId, eventId, text });
    return outcomeOf(
      lost.map((finding) => ({ ...finding, code: 'lost-when-killed', where: `${finding.where}, nach dem Absturz` })),
      `${count} Schlüsseln wiederhergestellt; die Nachricht ist vor und nach dem Absturz lesbar.`,
    );
  },
};
