import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { attackedBy } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { deafAfter } from '../defects/weak-readers.ts';
import { catchUp, deliver } from '../meeting.ts';
import { type ScriptedDevice, scriptDevice, withScriptedDevices } from './scripted-device.ts';
import { freshAgreementKey } from './signing.ts';

/** Writes for the keys that the homeserver names at the moment. */
const followingServer = (device: CryptoDevice): Partial<CryptoDevice> => ({
  sendText: async (roomId, text) => {
    const members = await device.membersOf(roomId);
    const asked = Object.fromEntries(members.map((userId) => [userId, []]));
    const answer = await device.askPastLibrary('POST', '/keys/query', { device_keys: asked });
    const { device_keys: people } = answer as { device_keys: Record<string, Record<string, { keys: object }>> };
    const content = ({ keys }: { keys: object }) => ({
      algorithm: 'm.olm.v1.curve25519-aes-sha2',
      ciphertext: Object.fromEntries(Object.values(keys).map((key: string) => [key, { type: 0, body: 'AAAA' }])),
    });
    const messages = Object.fromEntries(
      Object.entries(people).map(([userId, devices]) => [
        userId,
        Object.fromEntries(Object.entries(devices).map(([deviceId, keys]) => [deviceId, content(keys)])),
      ]),
    );
    const eventId = await device.sendText(roomId, text);
    await device.askPastLibrary('PUT', `/sendToDevice/m.room.encrypted/${encodeURIComponent(eventId)}`, { messages });
    return eventId;
  },
});

/** A device keeps its keys as long as it lives: other keys under its name are not its own. */
export const changedDeviceKeys: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.changed-device-keys',
    title: 'Nennt der Server für ein bekanntes Gerät andere Schlüssel, wird für diese nichts verschlüsselt.',
    requirements: ['VE-09', 'VE-06'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysquery',
    standing: 'normative',
    attacks: [3],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice verschlüsselt für die Schlüssel, die der Server gerade nennt.',
      defect: { person: 'alice', skips: 'soundKeys', weakened: followingServer },
      expectFinding: 'foreign-key-used',
    },
    {
      title: 'Nach dem Angriff liest bob nichts mehr.',
      defect: { person: 'bob', skips: 'frankness', weakened: deafAfter(1) },
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    let scripted: readonly ScriptedDevice[] = [];
    const [bob, alice] = await Promise.all([
      context.device('bob'),
      context.device('alice', { between: attackedBy((seen) => withScriptedDevices(seen, scripted)) }),
    ]);
    const name = `Prüfraum ${context.random.word(12)}`;
    // Every message has a key of its own, so that keys have to be sent after the attack too.
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId], rotation: { messages: 1 } });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const message = () => ({ from: alice, to: bob, roomId, text: `Prüfnachricht ${context.random.word(12)}` });
    if ((await deliver(message())).length > 0)
      return inconclusive('void: Schon ohne Angriff kam keine Nachricht lesbar an.');

    const foreignKey = freshAgreementKey();
    const { sightings } = context.wire.watch(foreignKey);
    scripted = [scriptDevice({ userId: bob.userId, deviceId: bob.deviceId, identityKey: foreignKey })];
    if (!(await catchUp(context, { alice, carol: bob, roomId }))) return inconclusive('alice empfing nichts mehr.');
    const received = await deliver(message());
    if (!sightings.some(({ direction }) => direction === 'answer'))
      return inconclusive('void: Das Gerät von alice fragte nicht nach den geänderten Schlüsseln.');
    const used = sightings.some(({ direction }) => direction === 'request');
    return outcomeOf(
      [...(used ? [foreignKeyUsed] : []), ...received],
      'Das Gerät blieb bei den Schlüsseln, die es zuerst kennengelernt hatte; bob liest weiter.',
    );
  },
};

const foreignKeyUsed: Finding = {
  code: 'foreign-key-used',
  title: 'Ein Gerät verschlüsselt für einen Schlüssel, den der Server nachträglich untergeschoben hat.',
  expected: 'Die zuerst bekannten Schlüssel eines Geräts gelten, solange es besteht.',
  observed: 'Der untergeschobene Schlüssel erscheint in einer Nachricht an das Gerät.',
  where: 'sendToDevice',
};
