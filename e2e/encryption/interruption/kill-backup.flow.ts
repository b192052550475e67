import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { dyingAt, isTo, type Moment } from '../../lib/death.ts';
import { emptiedBackup } from '../backup/backup-answers.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { read } from '../meeting.ts';
import { expectAccepted } from './lives.ts';

/** Of a key that never got into the backup nothing is left when the device is lost. */
export const killBackup: EncryptionFlow = {
  meta: {
    id: 'encryption.interruption.kill-backup',
    title: 'Endet ein Gerät beim Hochladen in die Sicherung, ist der Schlüssel nach dem Neustart dennoch darin.',
    requirements: ['VE-17', 'VE-15'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 180_000,
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
      title: 'Der Server verändert den Geheimtext, den das neue Gerät empfängt.',
      defect: brokenCiphertextFor('alice (Telefon)'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    // Alice's key arrived, carol's did not.
    const alice = await mortal(context, 'alice', 'beforeAnswer');
    const carol = await mortal(context, 'carol', 'beforeArrival');
    const owners = [alice, carol];
    const bob = await context.device('bob');
    const invite = owners.map(({ device }) => device.userId);
    const roomId = await bob.createEncryptedRoom({ name: `Prüfraum ${context.random.word(12)}`, invite });
    await Promise.all(owners.map(({ device }) => device.joinRoom(roomId)));
    await Promise.all(invite.map((userId) => bob.waitForMember(roomId, userId)));
    const recoveryKeys = await Promise.all(owners.map(({ device }) => device.setUpBackup()));
    for (const { death } of owners) death.begin();
    const text = `Zuletzt gesichert ${context.random.word(12)}`;
    const eventId = await bob.sendText(roomId, text);
    const ends = await Promise.all(owners.map(({ death }) => death.waitForEnd()));
    for (const { device } of owners) device.kill();
    if (ends.includes(false)) return inconclusive('void: Nicht jedes Gerät endete beim Hochladen in die Sicherung.');
    await Promise.all(owners.map(({ device }) => context.restarted(device)));
    const findings = [];
    for (const [index, { person, death }] of owners.entries()) {
      await death.waitForRepetition();
      const phone = await context.device(person, { name: 'Telefon' });
      await phone.waitForRoom(roomId);
      await phone.restoreBackup(recoveryKeys[index] ?? '');
      findings.push(...expectAccepted(death, `${person}, ${path}`));
      findings.push(...(await read({ from: bob, to: phone, roomId, eventId, text })));
    }
    return outcomeOf(findings, 'Beide neuen Geräte stellten den Schlüssel wieder her, an dem der Abbruch geschah.');
  },
};

const path = '/room_keys/keys';

async function mortal(context: EncryptionContext, person: string, moment: Moment) {
  const death = dyingAt({ moment, isLast: isTo(path, 'PUT'), isLater: true });
  return { person, death, device: await context.device(person, { stored: true, between: death.between }) };
}
