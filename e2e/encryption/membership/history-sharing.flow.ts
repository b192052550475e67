import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice, HistoryVisibility } from '../../lib/crypto-device.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { deliver, read } from '../meeting.ts';
import { expectKeyKept, leakRoomKeys, watchRoomKey } from '../open-keys.ts';
import { keysTo } from '../trust/withheld.ts';
import { closingHistoryFor, openingHistoryFor } from './hidden-members.ts';

/** A device that hands on what it has to everybody, not only to whom it invites. */
const leaking = (device: CryptoDevice): Partial<CryptoDevice> => ({
  invite: async (roomId, userId) => {
    await leakRoomKeys(device);
    await device.invite(roomId, userId);
  },
});

/** The keys of a room's past go to whom is invited as far as the room says so, in a file that is closed. */
export const historySharing: EncryptionFlow = {
  meta: {
    id: 'encryption.membership.history-sharing',
    title:
      'Eine Einladung gibt die Schlüssel des Verlaufs nur weiter, wenn der Raum ihn teilt, und nur verschlüsselt; die eingeladene Person liest dann die früheren Nachrichten.',
    requirements: ['VE-13'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#shareable-encryption-sessions',
    standing: 'informative',
    rows: ['e2e-history-sharing'],
  },
  counterexamples: [
    {
      title: 'Der Server gibt alice vor, der Verlauf stehe nur Beigetretenen offen.',
      defect: closingHistoryFor('alice'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Der Server gibt alice vor, der Verlauf sei geteilt.',
      defect: openingHistoryFor('alice'),
      expectFinding: 'shared-anyway',
    },
    {
      title: 'Das Gerät von alice legt die Raumschlüssel beim Einladen auch offen ab.',
      defect: { person: 'alice', skips: 'closedPast', weakened: leaking },
      expectFinding: 'key-on-wire',
    },
  ],
  run: async (context) => {
    const [alice, bob] = await Promise.all([context.device('alice'), context.device('bob')]);
    const shared = await roomWithPast(context, alice, 'shared');
    const key = await watchRoomKey(context, alice, shared.roomId);
    if (key === undefined) return inconclusive('void: Das Gerät hat keinen Raumschlüssel.');
    await alice.invite(shared.roomId, bob.userId);
    await bob.joinRoom(shared.roomId);
    await alice.waitForMember(shared.roomId, bob.userId);
    const control = {
      from: alice,
      to: bob,
      roomId: shared.roomId,
      text: `Nach dem Beitritt ${context.random.word(12)}`,
    };
    if ((await deliver(control)).length > 0)
      return inconclusive('void: Auch nach dem Beitritt kam keine Nachricht lesbar an.');
    if (key.name.length === 0)
      return inconclusive('void: Die Suche fand auch die offene Kennung des Schlüssels nicht.');
    const closed = await roomWithPast(context, alice, 'joined');
    const since = context.wire.deliveries.length;
    await alice.invite(closed.roomId, bob.userId);
    return outcomeOf(
      [
        ...(await read({ from: alice, to: bob, ...shared })),
        ...expectKeyKept(key),
        ...expectNothingShared(keysTo(context, { from: alice, to: bob, since })),
      ],
      'Bei geteiltem Verlauf wurde die frühere Nachricht entschlüsselt, bei nicht geteiltem ging kein Schlüssel hinaus.',
    );
  },
};

async function roomWithPast(context: EncryptionContext, device: CryptoDevice, history: HistoryVisibility) {
  const name = `Prüfraum ${context.random.word(12)}`;
  const roomId = await device.createEncryptedRoom({ name, invite: [], history });
  const text = `Vor der Einladung ${context.random.word(12)}`;
  return { roomId, text, eventId: await device.sendText(roomId, text) };
}

const expectNothingShared = (count: number): readonly Finding[] =>
  count === 0
    ? []
    : [
        {
          code: 'shared-anyway',
          title: 'Eine Einladung gibt Schlüssel weiter, obwohl der Raum seinen Verlauf nicht teilt.',
          expected: 'Mit der Einladung gehen keine Schlüssel hinaus.',
          observed: `${count} verschlüsselte Nachrichten an das Gerät der eingeladenen Person.`,
          where: 'alice → bob, Verlauf nur für Beigetretene',
        },
      ];
