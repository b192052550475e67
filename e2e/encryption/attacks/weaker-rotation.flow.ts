import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { alterJson, attackedBy, type JsonObject } from '../../lib/alteration.ts';
import type { EncryptionDefect, EncryptionFlow } from '../context.ts';
import { catchUp } from '../meeting.ts';
import { expectKept, expectRotated, sessionsOf } from '../sessions.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { alterJoinedRoom, tellingOnce } from './synced-room.ts';

/** Messages per key in the room for comparison, and in the attacked one. */
const [mostHonest, mostAttacked] = [2, 3] as const;

const weakerSetting = (sender: string): JsonObject => ({
  type: 'm.room.encryption',
  state_key: '',
  sender,
  event_id: '$schwaechereVorgabe',
  content: {
    algorithm: 'm.megolm.v1.aes-sha2',
    rotation_period_msgs: 1_000_000_000,
    rotation_period_ms: 1_000_000_000_000,
  },
});

/** Of the attacked room only: the comparison stays as it is. */
const tellingAnotherCount =
  (count: number): EncryptionDefect =>
  ({ answer }) =>
    alterJson(answer, (object) =>
      object['rotation_period_msgs'] === mostAttacked ? { ...object, rotation_period_msgs: count } : object,
    );

/** A homeserver must not make devices use one key for ever. */
export const weakerRotation: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.weaker-rotation',
    title: 'Schickt der Server nachträglich eine schwächere Vorgabe für den Schlüsselwechsel, gilt die alte weiter.',
    requirements: ['VE-14'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mroomencryption',
    standing: 'normative',
    attacks: [13],
  },
  counterexamples: [
    {
      title: 'Dem Gerät gilt in dem angegriffenen Raum eine viel größere Zahl.',
      defect: tellingAnotherCount(1_000),
      expectFinding: 'not-rotated',
    },
    {
      title: 'Dem Gerät gilt in dem angegriffenen Raum eine kleinere Zahl.',
      defect: tellingAnotherCount(2),
      expectFinding: 'rotated-needlessly',
    },
  ],
  run: async (context) => {
    let attackedRoom = '';
    const weaken = tellingOnce(() => weakerSetting(alice.userId));
    const attack = createSwitchedAttack((seen) => alterJoinedRoom(seen, attackedRoom, weaken));
    const [alice, bob] = await Promise.all([
      context.device('alice', { between: attackedBy(attack.alteration) }),
      context.device('bob'),
    ]);
    const sessionsIn = async (messages: number, before: (roomId: string) => Promise<boolean>) => {
      const name = `Prüfraum ${context.random.word(12)}`;
      const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId], rotation: { messages } });
      await bob.joinRoom(roomId);
      await alice.waitForMember(roomId, bob.userId);
      if (!(await before(roomId))) return [];
      for (let sent = 0; sent <= messages; sent++) await alice.sendText(roomId, `Nachricht ${context.random.word(8)}`);
      return sessionsOf(context, alice, roomId);
    };
    const honest = await sessionsIn(mostHonest, async () => true);
    const [first, , next] = honest;
    if (honest.length !== mostHonest + 1 || first === next)
      return inconclusive('void: Schon ohne Angriff wechselte der Schlüssel nicht nach der Vorgabe des Raums.');
    const attacked = await sessionsIn(mostAttacked, (roomId) => {
      attackedRoom = roomId;
      attack.start();
      return catchUp(context, { alice, carol: bob, roomId });
    });
    if (attacked.length !== mostAttacked + 1)
      return inconclusive('Im angegriffenen Raum waren nicht alle Nachrichten auf dem Draht zu sehen.');
    const [before, , last, after] = attacked;
    return outcomeOf(
      [
        ...expectKept({ before, after: last, when: `${mostAttacked - 1} weitere Nachrichten folgten` }),
        ...expectRotated({ before: last, after, when: `${mostAttacked} Nachrichten gesendet waren` }),
      ],
      `Trotz der Vorgabe von einer Milliarde Nachrichten wechselte der Schlüssel nach ${mostAttacked}.`,
    );
  },
};
