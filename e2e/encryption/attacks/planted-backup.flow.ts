import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import { countingRequests } from '../../lib/request-count.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { takingToldBackupKey } from '../defects/weak-takers.ts';
import { expectNoBackup } from './foreign-backup.ts';

/** A device that takes the key it is sent, and leaves the backup alone. */
const takingKeyAlone = (device: CryptoDevice): Partial<CryptoDevice> => ({
  ...takingToldBackupKey(device),
  backupInUse: async () => undefined,
});

/** A device that believes all devices of its owner, and so what they sign. */
const believingAll = (device: CryptoDevice): Partial<CryptoDevice> => ({
  backupInUse: async () => {
    for (const id of await device.devicesOf(device.userId)) await device.markDevice(device.userId, id, true);
    return device.backupInUse();
  },
});

/** Who has a person's password can begin a backup and offer its key, but must not get the person's room keys that way. */
export const plantedBackup: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.planted-backup',
    title:
      'In eine untergeschobene Schlüsselsicherung lädt das Gerät nichts hoch, und den unverlangt gesendeten Schlüssel dazu verwirft es.',
    requirements: ['VE-15', 'VE-16'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 180_000,
    waits:
      'Geräte sichern ihre Schlüssel erst nach einer zufälligen Zeit; so lange wird gewartet, dass nichts geschieht.',
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups',
    standing: 'normative',
    attacks: [6],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice übernimmt die untergeschobene Sicherung mit ihrem Schlüssel.',
      defect: { person: 'alice', skips: 'ownBackup', weakened: takingToldBackupKey },
      expectFinding: 'backup-adopted',
    },
    {
      title: 'Das Gerät von alice nimmt den unverlangt gesendeten Schlüssel an.',
      defect: { person: 'alice', skips: 'keyOrigin', weakened: takingKeyAlone },
      expectFinding: 'secret-taken',
    },
    {
      title: 'Das Gerät von alice glaubt der Unterschrift des fremden Geräts.',
      defect: { person: 'alice', skips: 'ownJudgement', weakened: believingAll },
      expectFinding: 'keys-uploaded',
    },
  ],
  run: async (context) => {
    const uploads = countingRequests('PUT', '/room_keys/keys');
    const [alice, bob] = await Promise.all([
      context.device('alice', { stored: true, between: uploads.between }),
      context.device('bob'),
    ]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const phantom = await context.device('alice', { name: 'Phantom' });
    await phantom.waitForRoom(roomId);
    const senders = [bob, phantom];
    if (!(await readsAll(context, alice, senders, roomId)))
      return inconclusive('void: Schon vorher war eine Nachricht nicht zu lesen.');
    const secret = await phantom.plantBackup();
    for (const sender of senders) {
      await sender.sendClosed(alice, 'm.secret.send', unasked(context, secret));
      await alice.takeToldBackupKey?.(secret);
    }
    // What was sent to the device before has arrived when these are readable.
    if (!(await readsAll(context, alice, senders, roomId)))
      return inconclusive('void: Nach dem Angriff war eine Nachricht nicht zu lesen.');
    const again = await context.restarted(alice);
    await again.waitForRoom(roomId);
    const findings = [...(await expectNoBackup(again))];
    await again.waitForUpload();
    findings.push(...expectNoUploads(uploads.count()));
    if (findings.length > 0) return outcomeOf(findings, '');
    await again.setUpBackup();
    if (uploads.count() === 0)
      return inconclusive('void: Auch das Hochladen in die eigene Sicherung wurde nicht gezählt.');
    return outcomeOf(
      [],
      `Nichts hochgeladen, auch nach einem Neustart; in die eigene Sicherung dann ${uploads.count()} Anfragen.`,
    );
  },
};

async function readsAll(
  context: EncryptionContext,
  alice: CryptoDevice,
  senders: readonly CryptoDevice[],
  roomId: string,
) {
  for (const sender of senders) {
    const eventId = await sender.sendText(roomId, `Nachricht ${context.random.word(12)}`);
    if ((await alice.waitForMessage(roomId, eventId)).kind !== 'decrypted') return false;
  }
  return true;
}

/** The answer to a question nobody asked. */
const unasked = ({ random }: EncryptionContext, secret: string) => ({
  name: 'm.megolm_backup.v1',
  request_id: random.word(12),
  secret,
});

const expectNoUploads = (count: number): readonly Finding[] =>
  count === 0
    ? []
    : [
        {
          code: 'keys-uploaded',
          title: 'Das Gerät lädt Raumschlüssel in eine Sicherung, die nicht von der Person stammt.',
          expected: 'Kein PUT auf room_keys/keys.',
          observed: `${count} Anfragen.`,
          where: 'room_keys/keys',
        },
      ];
