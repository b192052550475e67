import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { attackedBy } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { catchUp, deliver } from '../meeting.ts';
import { weakPoints } from './curve-points.ts';
import { type ScriptedDevice, scriptDevice, withScriptedDevices } from './scripted-device.ts';

/** Writes to every device of a room, whatever its keys. */
const unchecked = (device: CryptoDevice): Partial<CryptoDevice> => ({
  sendText: async (roomId, text) => {
    const content = { algorithm: 'm.olm.v1.curve25519-aes-sha2' };
    const messages = Object.fromEntries((await device.membersOf(roomId)).map((userId) => [userId, { '*': content }]));
    const eventId = await device.sendText(roomId, text);
    const path = `/sendToDevice/m.room.encrypted/${encodeURIComponent(eventId)}`;
    await device.askPastLibrary('PUT', path, { messages });
    return eventId;
  },
});

/** A key agreement with a point of small order has a result everybody knows: no secret may be built on it. */
export const weakPointsRefused: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.weak-points',
    title: 'An ein Gerät, dessen Schlüssel ein Punkt kleiner Ordnung ist, geht kein Geheimtext.',
    requirements: ['VE-20'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://www.rfc-editor.org/rfc/rfc7748#section-6.1',
    attacks: [9],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice prüft die Schlüssel nicht, bevor es Geheimtext verschickt.',
      defect: { person: 'alice', weakened: unchecked },
      expectFinding: 'ciphertext-sent',
    },
    {
      title: 'Neben den abgewiesenen Geräten kommt auch bei dem echten nichts Lesbares mehr an.',
      defect: brokenCiphertextFor('bob'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    let scripted: readonly ScriptedDevice[] = [];
    const [bob, alice] = await Promise.all([
      context.device('bob'),
      context.device('alice', { between: attackedBy((seen) => withScriptedDevices(seen, scripted)) }),
    ]);
    const sound = (deviceId: string) => scriptDevice({ userId: bob.userId, deviceId });
    const [first, second] = [sound('EINWANDFREI'), sound('AUCHEINWANDFREI')];
    scripted = [first];
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    await alice.sendText(roomId, `Vorher ${context.random.word(12)}`);
    if (!reached(context, alice, first, 0)) return inconclusive(voidReason);

    const weak = Object.entries(weakPoints).flatMap(([point, key], index) =>
      devicesWith(bob.userId, { point, key, index }),
    );
    scripted = [first, second, ...weak.map(({ device }) => device)];
    if (!(await catchUp(context, { alice, carol: bob, roomId }))) return inconclusive('alice empfing nichts mehr.');
    const since = context.wire.deliveries.length;
    const text = `Nachher ${context.random.word(12)}`;
    const received = await deliver({ from: alice, to: bob, roomId, text });
    if (!reached(context, alice, second, since)) return inconclusive(voidReason);
    const sent = weak.filter(({ device }) => reached(context, alice, device, since));
    return outcomeOf(
      [...received, ...sent.map(({ what }) => ciphertextSent(what))],
      `Zwei Geräte mit einwandfreien Schlüsseln bekamen Geheimtext, keines der ${weak.length} anderen.`,
    );
  },
};

const voidReason = 'void: Auch ein Gerät mit einwandfreien Schlüsseln bekam keinen Geheimtext.';

interface WeakPoint {
  readonly point: string;
  readonly key: string;
  readonly index: number;
}

const devicesWith = (userId: string, { point, key, index }: WeakPoint) => [
  {
    what: `${point} als Geräteschlüssel`,
    device: scriptDevice({ userId, deviceId: `GERAET${index}`, identityKey: key }),
  },
  {
    what: `${point} als Einmalschlüssel`,
    device: scriptDevice({ userId, deviceId: `EINMAL${index}`, oneTimeKey: key }),
  },
  {
    what: `${point} als beides`,
    device: scriptDevice({ userId, deviceId: `BEIDES${index}`, identityKey: key, oneTimeKey: key }),
  },
];

const reached = ({ wire }: EncryptionContext, from: CryptoDevice, to: ScriptedDevice, since: number): boolean =>
  wire.deliveries
    .slice(since)
    .some(
      ({ device, type, recipients }) =>
        device === from.person &&
        type === 'm.room.encrypted' &&
        recipients.some(({ userId, deviceId }) => userId === to.userId && [to.deviceId, '*'].includes(deviceId)),
    );

const ciphertextSent = (what: string): Finding => ({
  code: 'ciphertext-sent',
  title: 'Ein Gerät verschickt Geheimtext, den jeder öffnen kann.',
  expected: 'Mit einem Schlüssel, der ein Punkt kleiner Ordnung ist, entsteht keine Sitzung.',
  observed: 'An das Gerät mit diesem Schlüssel ging Geheimtext.',
  where: what,
});
