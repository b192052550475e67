import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { believingAnything } from '../defects/weak-readers.ts';
import { catchUp } from '../meeting.ts';
import { expectClosed } from '../membership/past.ts';
import { sessionsOf } from '../sessions.ts';
import { expectNoKeys, keysTo } from '../trust/withheld.ts';

/** Gives every device of who is invited something, signed or not. */
const givingEveryDevice = (device: CryptoDevice): Partial<CryptoDevice> => ({
  invite: async (roomId, userId) => {
    const devices = await device.devicesOf(userId);
    const content = { algorithm: 'm.olm.v1.curve25519-aes-sha2' };
    const messages = { [userId]: Object.fromEntries(devices.map((deviceId) => [deviceId, content])) };
    await device.askPastLibrary('PUT', `/sendToDevice/m.room.encrypted/${devices.join('')}`, { messages });
    await device.invite(roomId, userId);
  },
});

/** The past is shared with the person who is invited, not with what the homeserver put beside that person's device. */
export const inviteePhantom: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.invitee-phantom',
    title: 'Ein Gerät, das der Server einer eingeladenen Person unterschiebt, bekommt keine Schlüssel zum Verlauf.',
    requirements: ['VE-13', 'VE-06'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#sharing-keys-between-users',
    standing: 'normative',
    rows: ['e2e-history-sharing'],
    attacks: [8],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice gibt allen Geräten der eingeladenen Person Schlüssel.',
      defect: { person: 'alice', skips: 'exclusion', weakened: givingEveryDevice },
      expectFinding: 'keys-sent',
    },
    {
      title: 'Das untergeschobene Gerät liest, was vor der Einladung gesendet wurde.',
      defect: { person: 'bob (Phantom)', skips: 'closedPast', weakened: believingAnything },
      expectFinding: 'past-readable',
    },
  ],
  run: async (context) => {
    const [alice, bob, carol] = await Promise.all(['alice', 'bob', 'carol'].map((person) => context.device(person)));
    if (!alice || !bob || !carol) return inconclusive('Ein Gerät fehlt.');
    const roomId = await alice.createEncryptedRoom({ name: `Prüfraum ${context.random.word(12)}`, invite: [] });
    const eventId = await alice.sendText(roomId, `Vor der Einladung ${context.random.word(12)}`);
    const [sessionId] = sessionsOf(context, alice, roomId);

    await alice.invite(roomId, carol.userId);
    await carol.joinRoom(roomId);
    await alice.waitForMember(roomId, carol.userId);
    // Alice has sent nothing since: carol can have the key from the invitation only.
    const isShared = sessionId !== undefined && (await carol.waitForRoomKey(roomId, sessionId));
    if (!isShared) return inconclusive('void: Auch ohne Angriff wird kein Verlauf geteilt.');

    // Whoever runs the homeserver can log in for bob, but not sign in his name.
    const phantom = await context.device('bob', { name: 'Phantom' });
    const since = context.wire.deliveries.length;
    await alice.invite(roomId, bob.userId);
    const given = keysTo(context, { from: alice, to: phantom, since });
    if (!isNamed(context, bob, since)) return inconclusive('void: Das echte Gerät bekam mit der Einladung nichts.');
    await bob.joinRoom(roomId);
    await phantom.waitForRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    if (!(await catchUp(context, { alice: phantom, carol: alice, roomId })))
      return inconclusive('void: Das untergeschobene Gerät liest auch spätere Nachrichten nicht.');
    return outcomeOf(
      [
        ...expectNoKeys(given, 'alice → Phantom, Einladung'),
        ...(await expectClosed({ device: phantom, roomId, eventId, when: 'vor der Einladung' })),
      ],
      'Das echte Gerät bekam mit der Einladung den Verlauf, das untergeschobene nichts davon.',
    );
  },
};

const isNamed = ({ wire }: EncryptionContext, { userId, deviceId }: CryptoDevice, since: number) =>
  wire.deliveries
    .slice(since)
    .some(({ recipients }) => recipients.some((one) => one.userId === userId && one.deviceId === deviceId));
