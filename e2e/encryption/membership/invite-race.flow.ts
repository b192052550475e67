import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import { holding } from '../../lib/hold.ts';
import type { EncryptionFlow } from '../context.ts';
import { deliver, read } from '../meeting.ts';
import { expectKeyKept, leakRoomKeys, watchRoomKey } from '../open-keys.ts';
import { closingHistoryFor } from './hidden-members.ts';

/** A device that hands on what it has to everybody, not only to whom it invites. */
const leaking = (device: CryptoDevice): Partial<CryptoDevice> => ({
  waitForMember: async (roomId, userId) => {
    await device.waitForMember(roomId, userId);
    await leakRoomKeys(device);
  },
});

/**
 * The server has taken the invitation and is slow to tell, so the device that invited does not have it back from /sync yet. With
 * a shared past the invitation itself hands on the key in use; without one the message may be lost, whatever the homeserver does.
 */
export const inviteRace: EncryptionFlow = {
  meta: {
    id: 'encryption.membership.invite-race',
    title:
      'Bei geteiltem Verlauf ist eine Nachricht unmittelbar nach einer Einladung auch für die Eingeladenen lesbar, und der Schlüssel dazu geht nicht offen hinaus.',
    requirements: ['VE-13', 'VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'informative',
    rows: ['e2e-invite-race'],
  },
  counterexamples: [
    {
      title: 'Der Server gibt alice vor, der Verlauf stehe nur Beigetretenen offen.',
      defect: closingHistoryFor('alice'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Das Gerät von alice legt die Raumschlüssel nach der Einladung auch offen ab.',
      defect: { person: 'alice', skips: 'closedPast', weakened: leaking },
      expectFinding: 'key-on-wire',
    },
  ],
  run: async (context) => {
    const echo = holding('/sync');
    const [alice, bob] = await Promise.all([context.device('alice', { between: echo.between }), context.device('bob')]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [] });
    await alice.sendText(roomId, `Vor der Einladung ${context.random.word(12)}`);
    const key = await watchRoomKey(context, alice, roomId);
    if (key === undefined) return inconclusive('void: Das Gerät hat keinen Raumschlüssel.');
    const text = `Sofort nach der Einladung ${context.random.word(12)}`;
    echo.begin();
    await alice.invite(roomId, bob.userId);
    const eventId = await alice.sendText(roomId, text);
    echo.end();
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const control = await deliver({
      from: alice,
      to: bob,
      roomId,
      text: `Nach dem Beitritt ${context.random.word(12)}`,
    });
    if (control.length > 0) return inconclusive('void: Auch nach dem Beitritt kam keine Nachricht lesbar an.');
    if (key.name.length === 0)
      return inconclusive('void: Die Suche fand auch die offene Kennung des Schlüssels nicht.');
    return outcomeOf(
      [...(await read({ from: alice, to: bob, roomId, text, eventId })), ...expectKeyKept(key)],
      'Die Nachricht von unmittelbar nach der Einladung wurde entschlüsselt.',
    );
  },
};
