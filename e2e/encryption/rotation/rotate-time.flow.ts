import { setImmediate } from 'node:timers/promises';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { alterJson } from '../../lib/alteration.ts';
import type { EncryptionDefect, EncryptionFlow } from '../context.ts';
import { meetInEncryptedRoom } from '../meeting.ts';
import { expectKept, expectRotated, sessionsOf } from '../sessions.ts';

const hour = 3_600_000;

/** Above the hour below which devices keep a key, whatever a room wants. */
const period = 4 * hour;

const tellingAnotherPeriod =
  (ms: number): EncryptionDefect =>
  ({ answer }) =>
    alterJson(answer, (object) => ('rotation_period_ms' in object ? { ...object, rotation_period_ms: ms } : object));

/** A key that leaks opens what was said within a limited time. The clock of alice's device is moved; nobody waits. */
export const rotateTime: EncryptionFlow = {
  meta: {
    id: 'encryption.rotation.rotate-time',
    title: 'Der Sitzungsschlüssel wechselt nach der Zeit, die der Raum festlegt, und nicht früher.',
    requirements: ['VE-14'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-rotate-time'],
  },
  counterexamples: [
    {
      title: 'Der Server nennt den Geräten eine viel längere Zeit.',
      defect: tellingAnotherPeriod(1_000 * hour),
      expectFinding: 'not-rotated',
    },
    {
      title: 'Der Server nennt den Geräten eine kürzere Zeit.',
      defect: tellingAnotherPeriod(hour),
      expectFinding: 'rotated-needlessly',
    },
    {
      title: 'Die Uhr im Gerät von alice steht.',
      defect: { person: 'alice', skips: 'dueRenewal', weakened: () => ({ moveClock: () => {} }) },
      expectFinding: 'not-rotated',
    },
  ],
  run: async (context) => {
    const { alice, roomId } = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`, {
      rotation: { ms: period },
    });
    const write = async (passed: number) => {
      alice.moveClock(passed);
      // What other devices have just set going is done before.
      await setImmediate();
      await alice.sendText(roomId, `Prüfnachricht ${context.random.word(12)}`);
    };
    await write(0);
    await write(period / 2);
    await write(period / 2 + hour);
    const [first, before, after] = sessionsOf(context, alice, roomId);
    if (after === undefined) return inconclusive('Nicht alle Nachrichten waren auf dem Draht zu sehen.');
    return outcomeOf(
      [
        ...expectKept({ before: first, after: before, when: 'die halbe Zeit um war' }),
        ...expectRotated({ before, after, when: `${period / hour} Stunden vergangen waren` }),
      ],
      `Nach ${period / 2 / hour} Stunden derselbe Schlüssel, nach ${period / hour + 1} Stunden ein neuer.`,
    );
  },
};
