import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { alterJson } from '../../lib/alteration.ts';
import type { EncryptionDefect, EncryptionFlow } from '../context.ts';
import { meetInEncryptedRoom } from '../meeting.ts';
import { expectKept, expectRotated, sessionsOf } from '../sessions.ts';

const most = 3;

const tellingAnotherCount =
  (count: number): EncryptionDefect =>
  ({ answer }) =>
    alterJson(answer, (object) =>
      'rotation_period_msgs' in object ? { ...object, rotation_period_msgs: count } : object,
    );

/** A key that leaks opens at most so many messages as the room allows. */
export const rotateCount: EncryptionFlow = {
  meta: {
    id: 'encryption.rotation.rotate-count',
    title: 'Der Sitzungsschlüssel wechselt nach so vielen Nachrichten, wie der Raum festlegt, und nicht früher.',
    requirements: ['VE-14'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-rotate-count'],
  },
  counterexamples: [
    {
      title: 'Der Server nennt den Geräten eine viel größere Zahl.',
      defect: tellingAnotherCount(1_000),
      expectFinding: 'not-rotated',
    },
    {
      title: 'Der Server nennt den Geräten eine kleinere Zahl.',
      defect: tellingAnotherCount(2),
      expectFinding: 'rotated-needlessly',
    },
  ],
  run: async (context) => {
    const { alice, roomId } = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`, {
      rotation: { messages: most },
    });
    for (let sent = 0; sent <= most; sent++)
      await alice.sendText(roomId, `Nachricht ${sent} ${context.random.word(8)}`);
    const sessions = sessionsOf(context, alice, roomId);
    if (sessions.length <= most) return inconclusive('Nicht alle Nachrichten waren auf dem Draht zu sehen.');
    const [first, , last, next] = sessions;
    return outcomeOf(
      [
        ...expectKept({ before: first, after: last, when: `${most - 1} weitere Nachrichten folgten` }),
        ...expectRotated({ before: last, after: next, when: `${most} Nachrichten gesendet waren` }),
      ],
      `${most} Nachrichten mit einem Schlüssel, die nächste mit einem neuen.`,
    );
  },
};
