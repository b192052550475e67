import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { renewingAlways } from '../defects/weak-devices.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { read } from '../meeting.ts';
import { sessionsOf } from '../sessions.ts';

const members = 20;

/** Opened a few at a time: each makes its keys first. */
const atOnce = 5;

/** One key for everybody, handed out together: else the effort grows with every member. */
export const group: EncryptionFlow = {
  meta: {
    id: 'encryption.membership.group',
    title: `In einem Raum mit ${members} Personen lesen alle mit; ein Sitzungsschlüssel genügt und geht gebündelt hinaus.`,
    requirements: ['VE-01', 'VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 180_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-group'],
  },
  counterexamples: [
    {
      title: 'Der Server verändert den Geheimtext, den eine der Personen empfängt.',
      defect: brokenCiphertextFor('person07'),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Das Gerät von alice nimmt für jede Nachricht einen neuen Schlüssel.',
      defect: renewingAlways('alice'),
      expectFinding: 'several-sessions',
    },
  ],
  run: async (context) => {
    const alice = await context.device('alice');
    const others = await openAll(context);
    const invite = others.map(({ userId }) => userId);
    const roomId = await alice.createEncryptedRoom({ name: `Prüfraum ${context.random.word(12)}`, invite });
    for (const some of inParts(others)) await Promise.all(some.map((other) => other.joinRoom(roomId)));
    await Promise.all(others.map(({ userId }) => alice.waitForMember(roomId, userId)));
    const since = context.wire.deliveries.length;
    const messages: { readonly text: string; readonly eventId: string }[] = [];
    for (const _ of [1, 2]) {
      const text = `An alle ${context.random.word(12)}`;
      messages.push({ text, eventId: await alice.sendText(roomId, text) });
    }
    const findings = await Promise.all(
      others.flatMap((to) => messages.map((message) => read({ ...message, from: alice, to, roomId }))),
    );
    const sessions = sessionsOf(context, alice, roomId);
    if (sessions.length < 2) return inconclusive('Nicht alle Nachrichten waren auf dem Draht zu sehen.');
    const batches = context.wire.deliveries
      .slice(since)
      .filter(({ device, type }) => device === alice.person && type === 'm.room.encrypted')
      .map(({ recipients }) => recipients.length);
    if (batches.length === 0)
      return inconclusive('Auf dem Draht war nicht zu sehen, wie der Schlüssel verteilt wurde.');
    return outcomeOf(
      [...findings.flat(), ...expectOneSession(sessions), ...expectBundled(batches, others.length)],
      `${others.length} Personen lasen ${messages.length} Nachrichten; ein Schlüssel, Empfänger je Anfrage: ${batches.join(', ')}.`,
    );
  },
};

async function openAll(context: EncryptionContext): Promise<readonly CryptoDevice[]> {
  const names = Array.from({ length: members - 1 }, (_, index) => `person${String(index + 1).padStart(2, '0')}`);
  const opened: CryptoDevice[] = [];
  for (const some of inParts(names)) opened.push(...(await Promise.all(some.map((name) => context.device(name)))));
  return opened;
}

const inParts = <T>(list: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / atOnce) }, (_, index) =>
    list.slice(index * atOnce, (index + 1) * atOnce),
  );

const expectOneSession = (sessions: readonly (string | undefined)[]): readonly Finding[] =>
  new Set(sessions).size === 1
    ? []
    : [
        {
          code: 'several-sessions',
          title: 'Für aufeinanderfolgende Nachrichten werden mehrere Sitzungsschlüssel benutzt.',
          expected: 'Ein Schlüssel für beide Nachrichten.',
          observed: `${new Set(sessions).size} Schlüssel.`,
          where: 'alice',
        },
      ];

/** Up to a hundred devices fit into one request. */
const expectBundled = (batches: readonly number[], recipients: number): readonly Finding[] =>
  batches.length <= Math.ceil(recipients / 100)
    ? []
    : [
        {
          code: 'not-bundled',
          title: 'Ein Sitzungsschlüssel geht in mehr Anfragen hinaus als nötig.',
          expected: `${recipients} Empfänger in ${Math.ceil(recipients / 100)} Anfragen.`,
          observed: `Anfragen mit ${batches.join(', ')} Empfängern.`,
          where: 'alice, sendToDevice',
        },
      ];
