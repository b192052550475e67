import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import { catchUp, deliver } from '../meeting.ts';
import { hidingDeviceChangesFrom } from './hidden-members.ts';
import { expectClosed } from './past.ts';

/** A known limit, kept in sight: who changes the device between invitation and joining loses what was sent in between. */
export const inviteDeviceSwap: EncryptionFlow = {
  meta: {
    id: 'encryption.membership.invite-device-swap',
    title:
      'Wechselt jemand zwischen Einladung und Beitritt das Gerät, bleibt das dazwischen Gesendete verschlossen (bekannte Grenze), das Spätere ist lesbar.',
    requirements: ['VE-13', 'VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'informative',
    rows: ['e2e-invite-device-swap'],
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
    const [alice, bob] = await Promise.all([context.device('alice'), context.device('bob')]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    const since = context.wire.deliveries.length;
    const eventId = await alice.sendText(roomId, `Nach der Einladung ${context.random.word(12)}`);
    const sent = context.wire.deliveries.slice(since).flatMap(({ recipients }) => recipients);
    if (
      !sent.some(({ deviceId }) => deviceId === bob.deviceId) &&
      context.wire.events.some(({ roomId: room, algorithm }) => room === roomId && algorithm !== undefined)
    ) {
      return inconclusive('void: Das eingeladene Gerät bekam schon vor dem Wechsel keinen Schlüssel.');
    }
    await bob.signOut();
    const phone = await context.device('bob', { name: 'Telefon' });
    await phone.joinRoom(roomId);
    // Who joined is told before what devices there are now: a later mark shows that both have arrived.
    if (!(await catchUp(context, { alice, carol: phone, roomId }))) {
      return inconclusive('void: alice hat das neue Gerät nicht bemerkt.');
    }
    const findings = [
      ...(await deliver({ from: alice, to: phone, roomId, text: `Nach dem Beitritt ${context.random.word(12)}` })),
      ...(await expectClosed({ device: phone, roomId, eventId, when: 'vor dem Gerätewechsel' })),
    ];
    return outcomeOf(findings, 'Das vor dem Wechsel Gesendete bleibt geschlossen; das Spätere wurde entschlüsselt.');
  },
};
