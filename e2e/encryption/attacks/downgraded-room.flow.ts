import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { type Alteration, alterJson, attackedBy, isJsonObject, type JsonObject } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { deafAfter } from '../defects/weak-readers.ts';
import { catchUp, type Delivery, deliver } from '../meeting.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { wireFindings } from '../wire-findings.ts';
import { alterJoinedRoom, tellingOnce } from './synced-room.ts';

interface Downgrade {
  /** German, as part of a sentence. */
  readonly what: string;
  attack(roomId: string, sender: string): Alteration;
}

const telling = (what: string, content: JsonObject): Downgrade => ({
  what,
  attack: (roomId, sender) => {
    const downgrade = tellingOnce(() => settingFrom(sender, content));
    return (seen) => alterJoinedRoom(seen, roomId, downgrade);
  },
});

const settingFrom = (sender: string, content: JsonObject): JsonObject => ({
  type: 'm.room.encryption',
  state_key: '',
  sender,
  event_id: `$herabgestuft${Object.keys(content).join('')}`,
  content,
});

/** The room is told anew, as after a long absence, and nothing says that it is encrypted. */
const forgotten: Downgrade = {
  what: 'erzählt den Raum neu und lässt die Verschlüsselung weg',
  attack: (roomId) => (seen) => toldAnew(seen, roomId),
};

const toldAnew = (seen: Parameters<Alteration>[0], roomId: string) =>
  alterJson(
    alterJoinedRoom(seen, roomId, (room) => {
      const timeline = isJsonObject(room['timeline']) ? room['timeline'] : {};
      return { ...room, timeline: { ...timeline, limited: true } };
    }),
    (object) => (object['type'] === 'm.room.encryption' ? undefined : object),
  );

const downgrades: readonly Downgrade[] = [
  telling('leert die Angaben zur Verschlüsselung', {}),
  telling('nennt ein anderes Verfahren', { algorithm: 'org.example.weak.v1' }),
  forgotten,
];

/** A device that does what the homeserver says: once an attack has arrived, it sends so. */
const obeying =
  (type: string, content: (text: string) => JsonObject) =>
  (device: CryptoDevice): Partial<CryptoDevice> => {
    let isDowngraded = false;
    let sent = 0;
    return {
      waitForText: async (roomId, text) => {
        isDowngraded = true;
        return device.waitForText(roomId, text);
      },
      sendText: async (roomId, text) => {
        if (!isDowngraded) return device.sendText(roomId, text);
        sent += 1;
        const path = `/rooms/${encodeURIComponent(roomId)}/send/${type}/herabgestuft${sent}`;
        const answer = await device.askPastLibrary('PUT', path, content(text));
        return isJsonObject(answer) ? String(answer['event_id']) : '';
      },
    };
  };

/** Once encrypted, always encrypted, whatever the homeserver tells of the room afterwards. */
export const downgradedRoom: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.downgraded-room',
    title:
      'Lässt der Server die Verschlüsselung eines Raums weg oder ändert er ihr Verfahren, verschlüsselt das Gerät weiter oder sendet gar nicht.',
    requirements: ['VE-01', 'VE-03'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 180_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mroomencryption',
    standing: 'normative',
    attacks: [13],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice sendet nach dem Angriff offen.',
      defect: {
        person: 'alice',
        skips: 'encryptedOnly',
        weakened: obeying('m.room.message', (body) => ({ msgtype: 'm.text', body })),
      },
      expectFinding: 'unencrypted-event',
    },
    {
      title: 'Das Gerät von alice folgt dem Server zu einem anderen Verfahren.',
      defect: {
        person: 'alice',
        skips: 'encryptedOnly',
        weakened: obeying('m.room.encrypted', () => ({ algorithm: 'org.example.weak.v1', ciphertext: 'AAAA' })),
      },
      expectFinding: 'other-algorithm',
    },
    {
      title: 'Nach dem Angriff liest bob nichts mehr.',
      defect: { person: 'bob', skips: 'frankness', weakened: deafAfter(1) },
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    let current: Alteration = ({ answer }) => answer;
    const attack = createSwitchedAttack((seen) => current(seen));
    const [alice, bob] = await Promise.all([
      context.device('alice', { stored: true, between: attackedBy(attack.alteration) }),
      context.device('bob'),
    ]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    const message = (from: CryptoDevice) => ({
      from,
      to: bob,
      roomId,
      text: `Prüfnachricht ${context.random.word(12)}`,
    });
    const honest = await deliver(message(alice));
    if (honest.length > 0) return inconclusive('void: Schon ohne Angriff kam keine Nachricht lesbar an.');
    attack.start();
    const findings: Finding[] = [];
    for (const downgrade of downgrades) {
      current = downgrade.attack(roomId, alice.userId);
      if (!(await catchUp(context, { alice, carol: bob, roomId })))
        return inconclusive(`alice empfing nichts mehr, seit der Server ${downgrade.what}.`);
      findings.push(...(await deliver(message(alice))));
    }
    const again = await context.restarted(alice);
    await again.waitForRoom(roomId);
    const afterRestart = await deliveredOrRefused(message(again));
    findings.push(...(afterRestart ?? []));
    const sent = context.wire.events.filter(
      (event) => event.roomId === roomId && event.direction === 'request' && event.device === alice.person,
    );
    const expected = downgrades.length + (afterRestart === undefined ? 1 : 2);
    if (sent.length !== expected)
      return inconclusive(`Auf dem Draht waren ${sent.length} der ${expected} Nachrichten von alice zu sehen.`);
    return outcomeOf(
      [...findings, ...wireFindings(sent)],
      `Der Server ${downgrades.map(({ what }) => what).join(', ')}; das Gerät verschlüsselt weiter; nach einem Neustart ${afterRestart === undefined ? 'sendet es gar nicht' : 'auch'}.`,
    );
  },
};

/** A device that no longer knows how to encrypt may refuse to send: nothing is given away by that. */
async function deliveredOrRefused(delivery: Delivery): Promise<readonly Finding[] | undefined> {
  try {
    return await deliver(delivery);
  } catch (thrown) {
    if (thrown instanceof RigError || !(thrown instanceof Error)) throw thrown;
    return undefined;
  }
}
