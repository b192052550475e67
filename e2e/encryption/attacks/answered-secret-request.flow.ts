import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { listenForSecretRequests } from '../../lib/attacker/secret-requests.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import { refusing } from '../../lib/disturbance.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { takingToldBackupKey } from '../defects/weak-takers.ts';
import { expectNoBackup } from './foreign-backup.ts';
import { isVerifiedBy } from './own-devices.ts';

const deadlineMs = 20_000;

/** A device that believes all devices of its owner, whether or not she vouches for them. */
const believingAll = (device: CryptoDevice): Partial<CryptoDevice> => ({
  devicesOf: async (userId) => {
    const ids = await device.devicesOf(userId);
    for (const id of ids) await device.markDevice(userId, id, true);
    return ids;
  },
});

/** A new device asks all devices of its owner for her secrets; one that a stranger opened is quicker to answer. */
export const answeredSecretRequest: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.answered-secret-request',
    title: 'Geheimnisse nimmt ein neues Gerät nur von bestätigten eigenen Geräten an, auch wenn es danach gefragt hat.',
    requirements: ['VE-15', 'VE-16'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 180_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#sharing',
    standing: 'normative',
    attacks: [6],
  },
  counterexamples: [
    {
      title: 'Das Telefon glaubt jedem Gerät seiner Besitzerin.',
      defect: { person: 'alice (Telefon)', skips: 'ownJudgement', weakened: believingAll },
      expectFinding: 'secret-taken',
    },
    {
      title: 'Das Telefon übernimmt die untergeschobene Sicherung mit ihrem Schlüssel.',
      defect: { person: 'alice (Telefon)', skips: 'ownBackup', weakened: takingToldBackupKey },
      expectFinding: 'backup-adopted',
    },
  ],
  run: async (context) => {
    const silence = refusing('/sendToDevice/m.room.encrypted', { status: 400, body: { errcode: 'M_UNKNOWN' } });
    const requests = listenForSecretRequests(deadlineMs);
    const alice = await context.device('alice', { between: silence.between });
    const roomId = await alice.createEncryptedRoom({ name: `Prüfraum ${context.random.word(12)}`, invite: [] });
    const phantom = await context.device('alice', { name: 'Phantom' });
    const phone = await context.device('alice', { name: 'Telefon', between: requests.between });
    await Promise.all([phantom, phone].map((device) => device.waitForRoom(roomId)));
    const secret = await phantom.plantBackup();
    // Her first device would answer too; for a while nothing of it gets through.
    silence.begin();
    if (!(await isVerifiedBy(alice, phone))) return inconclusive('void: Das Telefon wurde nicht bestätigt.');
    const requestId = await requests.waitFor('m.megolm_backup.v1');
    if (requestId === undefined)
      return inconclusive('void: Das Telefon fragte nicht nach dem Schlüssel der Sicherung.');
    await Promise.all([phantom, phone].map((device) => device.devicesOf(alice.userId)));
    await phantom.sendClosed(phone, 'm.secret.send', { request_id: requestId, secret });
    await phone.takeToldBackupKey?.(secret);
    // What was sent to the phone before has arrived when this is readable.
    const mark = await phantom.sendText(roomId, `Marke ${context.random.word(12)}`);
    if ((await phone.waitForMessage(roomId, mark)).kind !== 'decrypted')
      return inconclusive('void: Auch eine Nachricht des fremden Geräts kam nicht an.');
    const findings = await expectNoBackup(phone);
    silence.end();
    if (findings.length === 0 && !(await getsSecrets(context, { alice, phone, roomId })))
      return inconclusive('void: Auch die Antwort des bestätigten Geräts kam nicht an.');
    return outcomeOf(
      findings,
      'Die Antwort des fremden Geräts verworfen; die des bestätigten Geräts brachte alle Geheimnisse.',
    );
  },
};

interface OwnDevices {
  readonly alice: CryptoDevice;
  readonly phone: CryptoDevice;
  readonly roomId: string;
}

const rounds = 5;

/** With each message the first device tries again to send what was kept from getting through. */
async function getsSecrets({ random }: EncryptionContext, { alice, phone, roomId }: OwnDevices): Promise<boolean> {
  for (let round = 0; round < rounds; round += 1) {
    const text = `Runde ${random.word(12)}`;
    await alice.sendText(roomId, text);
    await phone.waitForText(roomId, text);
    if (await phone.isIdentityReady()) return true;
  }
  return false;
}
