import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, alterJson, isJsonObject } from '../../lib/alteration.ts';
import type { EncryptionDefect, EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { read } from '../meeting.ts';
import { type Queue, watchQueueTo } from './flood.ts';

/** More than a homeserver gives in one answer. */
const keys = 125;

const alteringQueueOf =
  (person: string, change: (events: readonly unknown[]) => readonly unknown[]): Alteration =>
  ({ device, answer }) =>
    device === person
      ? alterJson(answer, (object) => {
          const list = isJsonObject(object['to_device']) ? object['to_device']['events'] : undefined;
          return Array.isArray(list) ? { ...object, to_device: { events: change(list) } } : object;
        })
      : answer;

const reversed: EncryptionDefect = alteringQueueOf('bob', (events) => events.toReversed());

/** Only of a long queue, else there would be no room to speak of. */
const withoutTenth: EncryptionDefect = alteringQueueOf('bob', (events) =>
  events.filter((_, index) => events.length < keys / 2 || index !== 9),
);

/** Who was away for a holiday finds everything waiting at once. */
export const floodOrder: EncryptionFlow = {
  meta: {
    id: 'encryption.delivery.flood-order',
    title: `Warten ${keys} Raumschlüssel auf ein Gerät, kommen alle der Reihe nach an und öffnen jede Nachricht.`,
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 180_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging',
    standing: 'normative',
    rows: ['e2e-flood-order'],
  },
  counterexamples: [
    { title: 'Der Server kehrt die Reihenfolge um.', defect: reversed, expectFinding: 'out-of-order' },
    { title: 'Der Server verliert einen der Schlüssel.', defect: withoutTenth, expectFinding: 'key-lost' },
    {
      title: 'Der Server verändert den Geheimtext, den bob empfängt.',
      defect: brokenCiphertextFor('bob'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    let deviceId: string | undefined;
    const queue = watchQueueTo(() => deviceId);
    const [alice, bob] = await Promise.all([
      context.device('alice', { between: queue.outgoing }),
      context.device('bob', { stored: true, between: queue.incoming }),
    ]);
    ({ deviceId } = bob);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await alice.waitForMember(roomId, bob.userId);
    await bob[Symbol.asyncDispose]();
    const messages: { readonly text: string; readonly eventId: string }[] = [];
    while (messages.length < keys) {
      await alice.forgetSession(roomId);
      const text = `Nachricht ${messages.length} ${context.random.word(8)}`;
      messages.push({ text, eventId: await alice.sendText(roomId, text) });
    }
    if (queue.sent.length < keys)
      return inconclusive(`void: Nur ${queue.sent.length} von ${keys} Schlüsseln gingen hinaus.`);
    queue.gather();
    const again = await context.restarted(bob);
    await again.waitForRoom(roomId);
    await again.fetchPast(roomId, keys);
    const findings: Finding[] = [...expectAll(queue), ...expectOrder(queue)];
    // A missing key would be waited for, message by message.
    if (findings.length > 0) return outcomeOf(findings, '');
    for (const message of messages) findings.push(...(await read({ ...message, from: alice, to: again, roomId })));
    return outcomeOf(
      findings.slice(0, 5),
      `${queue.arrived.length} Schlüssel, ${queue.most()} in einer Antwort; ${messages.length} Nachrichten entschlüsselt.`,
    );
  },
};

const expectAll = ({ sent, arrived }: Queue): readonly Finding[] => {
  const came = new Set(arrived);
  const lost = sent.filter((key) => !came.has(key));
  return lost.length === 0
    ? []
    : [
        {
          code: 'key-lost',
          title: 'Raumschlüssel, die auf ein Gerät warteten, kommen nicht an.',
          expected: `Alle ${sent.length} Schlüssel kommen an.`,
          observed: `${lost.length} fehlen.`,
          where: 'bob, /sync',
        },
      ];
};

const expectOrder = ({ sent, arrived }: Queue): readonly Finding[] => {
  const places = arrived.map((key) => sent.indexOf(key)).filter((place) => place >= 0);
  const misplaced = places.filter((place, index) => index > 0 && place < (places[index - 1] ?? 0));
  return misplaced.length === 0
    ? []
    : [
        {
          code: 'out-of-order',
          title: 'Raumschlüssel kommen in anderer Reihenfolge an, als sie gesendet wurden.',
          expected: 'Dieselbe Reihenfolge.',
          observed: `An ${misplaced.length} Stellen folgt ein früherer Schlüssel auf einen späteren.`,
          where: 'bob, /sync',
        },
      ];
};
