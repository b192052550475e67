import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import { catchUp, deliver, threeInEncryptedRoom } from '../meeting.ts';
import { hidingDeviceChangesFrom } from './hidden-members.ts';
import { expectClosed, isReadable } from './past.ts';

/** Without a backup a new device begins with nothing, even if the person had another one before. */
export const newDevice: EncryptionFlow = {
  meta: {
    id: 'encryption.membership.new-device',
    title: 'Ein neues Gerät liest nichts von früher, auch nicht aus der Zeit ohne Anmeldung, und alles von nun an.',
    requirements: ['VE-13', 'VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-new-device'],
  },
  counterexamples: [
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'past-readable',
    },
    {
      title: 'Der Server verschweigt alice, dass sich Geräte geändert haben.',
      defect: hidingDeviceChangesFrom('alice'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const trio = await threeInEncryptedRoom(context);
    const { alice, bob, roomId } = trio;
    const text = () => `Prüfnachricht ${context.random.word(12)}`;
    const control = await bob.waitForMessage(roomId, await alice.sendText(roomId, text()));
    if (!isReadable(control)) return inconclusive('void: Schon das frühere Gerät las keine Nachricht.');
    const early = await alice.sendText(roomId, text());
    await bob.signOut();
    if (!(await catchUp(context, trio))) return inconclusive('Das Gerät hat die Abmeldung nicht gesehen.');
    const away = await alice.sendText(roomId, text());
    const phone = await context.device('bob', { name: 'Telefon' });
    await phone.waitForRoom(roomId);
    if (!(await catchUp(context, trio))) return inconclusive('Das Gerät hat die Anmeldung nicht gesehen.');
    const findings = [
      ...(await deliver({ from: alice, to: phone, roomId, text: text() })),
      ...(await expectClosed({ device: phone, roomId, eventId: early, when: 'vor seiner Anmeldung' })),
      ...(await expectClosed({ device: phone, roomId, eventId: away, when: 'während der Abmeldung' })),
    ];
    return outcomeOf(findings, 'Früheres bleibt geschlossen; die Nachricht nach der Anmeldung wurde entschlüsselt.');
  },
};
