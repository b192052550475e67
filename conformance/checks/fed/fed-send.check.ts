import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { repeating, rewriting } from '../../lib/arrival-defect.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { setting, withStatus } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { eventOnce, eventTemplate, readEvent, sendProbes } from '../../lib/room-events.ts';
import { serverClause } from '../../lib/server-api.ts';
import { arrivalMs } from '../../lib/sync-sections.ts';
import { probeType, type Tools } from '../../lib/tools.ts';
import { typingEdu } from '../../peer/edus.ts';
import { joinRoom } from '../../peer/join-room.ts';
import { signedLike } from '../../peer/misbehaviours.ts';
import { makeItselfHeard, refusingTransactions } from '../../peer/outage.ts';
import type { Pdu } from '../../peer/pdu.ts';
import { openPeer, type Peer, sendPath, transactionPath } from '../../peer/peer.ts';
import type { Room } from '../../peer/room.ts';

const mostPdus = 50;
const mostEdus = 100;

// Events come in transactions of limited size, each judged by itself.
// https://spec.matrix.org/v1.19/server-server-api/#transactions
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-send',
    title: 'Transaktionen anderer Homeserver sind begrenzt, und jedes Ereignis darin wird für sich beurteilt',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('transactions'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Eine zu große Transaktion wird angenommen',
      defect: { when: { path: sendPath }, alter: withStatus(200) },
      expectFinding: 'too-many-taken',
    },
    {
      title: 'Ein Ereignis mit falscher Unterschrift erscheint im Raum',
      defect: {
        when: { method: 'GET', path: eventTemplate },
        alter: (answer, seen) =>
          answer.status === 404 ? { ...answer, status: 200, json: seen.earlier.at(-1)?.json } : answer,
      },
      expectFinding: 'forged-shown',
    },
    {
      title: 'Ein gutes Ereignis kommt nicht an',
      defect: { when: { method: 'GET', path: eventTemplate }, alter: setting(['content'], {}) },
      expectFinding: 'good-not-shown',
    },
    {
      title: 'Nach einem Ausfall kommen Ereignisse doppelt an',
      defect: repeating(transactionPath),
      expectFinding: 'order-lost',
    },
    {
      title: 'Nach einem Ausfall kommen Ereignisse verkehrt herum an',
      defect: rewriting(transactionPath, (json) => withValueAt(json, ['pdus'], arrayAt(json, ['pdus']).toReversed())),
      expectFinding: 'order-lost',
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const peer = await openPeer(tools);
    const roomId = await tools.room(alice, { preset: 'public_chat' });
    const room = await joinRoom(peer, { roomId, userId: peer.userId('mallory') });
    const findings = [
      ...(await eachByItself(tools, peer, { room, alice })),
      ...(await limits(peer, room)),
      ...(await orderAfterOutage(tools, peer, { room, alice })),
    ];
    return outcomeOf(
      findings,
      'Das gute Ereignis kam an, das gefälschte nicht; zu große Transaktionen: 400; nach dem Ausfall alles in der Reihenfolge',
    );
  },
});

interface Place {
  readonly room: Room;
  readonly alice: Session;
}

const probe = (peer: Peer, room: Room, text: string): Pdu =>
  peer.sealed(room, { type: probeType, sender: peer.userId('mallory'), content: { probe: text } });

async function eachByItself(tools: Tools, peer: Peer, { room, alice }: Place): Promise<Findings> {
  const { roomId } = room;
  const good = probe(peer, room, 'gut');
  const forged = signedLike(probe(peer, room, 'falsch'), good);
  const taken = await peer.send({ pdus: [forged, good] });
  const seen = await eventOnce(tools, alice, { roomId, eventId: good.eventId }, () => true);
  const unseen = await readEvent(tools.request, alice, roomId, forged.eventId);
  const error = valueAt(taken.json, ['pdus', good.eventId, 'error']);
  return [
    ...expectStatus(taken, 200, { code: 'not-taken', title: 'Eine Transaktion wird nicht angenommen' }),
    ...expectThat(taken, error === undefined, {
      code: 'good-refused',
      title: 'Ein Ereignis wird wegen eines anderen in derselben Transaktion abgelehnt',
      expected: 'kein Fehler beim richtigen Ereignis',
      observed: String(error),
    }),
    ...expectThat(seen, stringAt(seen.json, ['content', 'probe']) === 'gut', {
      code: 'good-not-shown',
      title: 'Ein Ereignis eines anderen Homeservers kommt nicht an',
      expected: 'das Ereignis mit seinem Inhalt',
      observed: `Status ${seen.status}`,
    }),
    ...expectThat(unseen, unseen.status === 404, {
      code: 'forged-shown',
      title: 'Ein Ereignis mit falscher Unterschrift erscheint im Raum',
      expected: 'Status 404',
      observed: `Status ${unseen.status}`,
    }),
  ];
}

async function limits(peer: Peer, room: Room): Promise<Findings> {
  const manyPdus = await peer.send({
    pdus: Array.from({ length: mostPdus + 1 }, (_, nth) => probe(peer, room, `${nth}`)),
  });
  const manyEdus = await peer.send({
    edus: Array.from({ length: mostEdus + 1 }, () => typingEdu(peer.userId('mallory'), room.roomId, false)),
  });
  const tooMany = {
    code: 'too-many-taken',
    title: 'Eine Transaktion mit mehr als 50 Ereignissen oder 100 flüchtigen Nachrichten wird angenommen',
  };
  return [manyPdus, manyEdus].flatMap((answer) => expectStatus(answer, 400, tooMany));
}

async function orderAfterOutage(tools: Tools, peer: Peer, { room, alice }: Place): Promise<Findings> {
  const down = refusingTransactions(peer);
  const sent = await sendProbes(tools, alice, room.roomId, 3);
  await peer.server.waitFor(({ path }) => transactionPath.test(path));
  down[Symbol.dispose]();
  const refused = peer.received().length;
  const heard = await makeItselfHeard(peer);
  await peer.waitForPdu(({ eventId }) => eventId === sent.at(-1), arrivalMs);
  const arrived = peer.received().slice(refused);
  const numbers = arrived.map(({ eventId }) => sent.indexOf(eventId) + 1).filter((number) => number > 0);
  const isInOrder = numbers.every((number, index) => number > (numbers[index - 1] ?? 0));
  // Whoever misses earlier ones may ask for them: only the last one must come by itself.
  return expectThat(heard, isInOrder && numbers.at(-1) === sent.length, {
    code: 'order-lost',
    title:
      'Nach einem Ausfall des anderen Homeservers kommen Ereignisse doppelt, vertauscht oder nicht bis zum letzten an',
    expected: 'in der Reihenfolge des Sendens, keines zweimal, das letzte dabei',
    observed: `Ereignisse ${numbers.join(', ') || 'keine'} von ${sent.length}`,
  });
}
