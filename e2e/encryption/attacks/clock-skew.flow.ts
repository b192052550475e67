import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, alterJson, attackedBy } from '../../lib/alteration.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { losingToDeviceFor } from '../delivery/key-answers.ts';
import { deliver } from '../meeting.ts';

const tenYearsMs = 10 * 365 * 24 * 60 * 60 * 1000;

interface Skew {
  readonly alteration: Alteration;
  /** Times it moved. */
  count(): number;
}

/** The homeserver tells every event as of another time. */
function skewedBy(ms: number): Skew {
  let moved = 0;
  return {
    alteration: ({ answer }) =>
      alterJson(answer, (event) => {
        const { origin_server_ts: time } = event;
        if (typeof time !== 'number') return event;
        moved += 1;
        return { ...event, origin_server_ts: Math.max(0, time + ms) };
      }),
    count: () => moved,
  };
}

/** Keys hold by what they are, not by when somebody says it is. */
export const clockSkew: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.clock-skew',
    title: 'Geht die Uhr des Servers oder eines Geräts um Jahre falsch, bleiben Nachrichten lesbar.',
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    attacks: [17],
  },
  counterexamples: [
    {
      title: 'Der Server verliert, was an das Gerät von bob geht, dem er eine spätere Zeit sagt.',
      defect: losingToDeviceFor('bob'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Der Server verliert, was an das Gerät von dora geht, dessen Uhr vorgeht.',
      defect: losingToDeviceFor('dora'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Der Server verändert, was carol zu lesen bekommt, der er eine frühere Zeit sagt.',
      defect: brokenCiphertextFor('carol'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const [late, early] = [skewedBy(tenYearsMs), skewedBy(-tenYearsMs)];
    const [alice, bob, carol, dora] = await Promise.all([
      context.device('alice'),
      context.device('bob', { between: attackedBy(late.alteration) }),
      context.device('carol', { between: attackedBy(early.alteration) }),
      context.device('dora'),
    ]);
    const guests = [bob, carol, dora];
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: guests.map(({ userId }) => userId) });
    await Promise.all(guests.map((guest) => guest.joinRoom(roomId)));
    await Promise.all(guests.map((guest) => alice.waitForMember(roomId, guest.userId)));
    dora.moveClock(tenYearsMs);
    const findings = [];
    for (const to of guests) {
      const text = `Zu anderer Zeit ${context.random.word(12)}`;
      findings.push(...(await deliver({ from: alice, to, roomId, text })));
      const back = `Und zurück ${context.random.word(12)}`;
      findings.push(...(await deliver({ from: to, to: alice, roomId, text: back })));
    }
    if (late.count() === 0 || early.count() === 0) return inconclusive('void: Keine Zeitangabe wurde verschoben.');
    return outcomeOf(
      findings,
      `Zeitangaben um zehn Jahre verschoben, nach vorn und zurück, und die Uhr eines Geräts vorgestellt; ${2 * guests.length} Nachrichten gelesen.`,
    );
  },
};
