import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { changingList } from '../../lib/event-defects.ts';
import { showingHidden } from '../../lib/hidden-events.ts';
import { joinAcross } from '../../lib/join-across.ts';
import { arrayAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { expectRefused } from '../../lib/refusals.ts';
import {
  chunkOf,
  idsAmong,
  latestMessages,
  messagesTemplate,
  numbersOf,
  readMessages,
  sendProbes,
} from '../../lib/room-events.ts';
import { serverClause } from '../../lib/server-api.ts';
import { probeType, type Tools } from '../../lib/tools.ts';
import { expectHidden, probeFrom } from '../../peer/bring.ts';
import { expectGenuine } from '../../peer/genuine-events.ts';
import { hostRoom, joinOf } from '../../peer/host-room.ts';
import { joinRoom } from '../../peer/join-room.ts';
import { unsigned } from '../../peer/misbehaviours.ts';
import type { Pdu } from '../../peer/pdu.ts';
import { openPeer, type Peer } from '../../peer/peer.ts';
import type { Room } from '../../peer/room.ts';
import { backfillPath, idsIn, tellingHistory } from '../../peer/room-history.ts';

// Who comes later reads on what was said before; who tells it may slip in nothing, and is told nothing hidden in turn.
// https://spec.matrix.org/v1.19/server-server-api/#backfilling-and-retrieving-missing-events
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-backfill',
    title: 'Früheres aus einem Raum holt und liefert der Server genau, Untergeschobenes übergeht er',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('backfilling-and-retrieving-missing-events'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Was vor dem Beitritt gesagt wurde, fehlt',
      defect: {
        when: { path: messagesTemplate },
        alter: changingList(['chunk'], (events) => events.filter((event) => valueAt(event, ['type']) !== probeType)),
      },
      expectFinding: 'history-missing',
    },
    {
      title: 'Ein Ereignis aus einem anderen Raum erscheint in diesem',
      defect: showingHidden,
      expectFinding: 'slipped-in',
    },
    {
      title: 'Es werden mehr Ereignisse geliefert als verlangt',
      defect: { when: { path: backfillPath }, alter: changingList(['pdus'], (pdus) => [...pdus, {}]) },
      expectFinding: 'other-events',
    },
    {
      title: 'Was der Raum verbirgt, erfährt der andere Homeserver',
      defect: {
        when: { path: backfillPath },
        alter: (answer, seen) =>
          seen.query.includes('limit=20')
            ? changingList(['pdus'], (pdus) => [...pdus, { type: probeType, content: { probe: 'geheim' } }])(
                answer,
                seen,
              )
            : answer,
      },
      expectFinding: 'hidden-told',
    },
    {
      title: 'Wer nicht im Raum ist, bekommt seine Ereignisse',
      defect: {
        when: { path: backfillPath },
        alter: (answer, seen) =>
          answer.status === 403
            ? answering(200, { origin: 'altered.example.org', origin_server_ts: 1, pdus: [] })(answer, seen)
            : answer,
      },
      expectFinding: 'told-to-stranger',
    },
  ],
  async run(tools) {
    const [peer, stranger] = [await openPeer(tools), await openPeer(tools)];
    const findings = [
      ...(await fetching(tools, peer)),
      ...(await answeringThem(tools, peer, stranger)),
      ...(await expectGenuine(tools, [peer])),
    ];
    return outcomeOf(findings, 'Das Frühere kam ohne Untergeschobenes an; geliefert wurde genau das Verlangte');
  },
});

async function fetching(tools: Tools, peer: Peer): Promise<Findings> {
  const alice = await tools.user('alice');
  const creator = peer.userId('mallory');
  const [room, elsewhere] = [hostPast(tools, peer, creator), hostPast(tools, peer, creator)];
  const forged = unsigned(probeFrom(peer, room, creator, 'ohne Unterschrift'));
  const foreign = probeFrom(peer, room, creator, 'aus einem anderen Raum');
  const enterBeing = async (entered: Room, told: Pdu) => {
    const telling = tellingHistory(peer, entered, [told, ...[...entered.pdus.values()].toReversed()]);
    await joinAcross(tools, alice, { roomId: entered.roomId, via: peer.serverName });
    await joinOf(peer, entered, alice.userId);
    return telling;
  };
  using _forging = await enterBeing(room, forged);
  using _mixing = await enterBeing(elsewhere, foreign);
  const ids = [...room.pdus.values()].flatMap(({ eventId, json }) => (json['type'] === probeType ? [eventId] : []));
  const shown = await latestMessages(tools, alice, { roomId: room.roomId, eventId: ids[0] ?? '' });
  // Whether anything of an answer that mixes rooms is believed is left open.
  premise(await readMessages(tools.request, alice, elsewhere.roomId, { dir: 'b', limit: '50' }));
  const slippedIn = {
    code: 'slipped-in',
    title: 'Ein Ereignis eines anderen Raums oder ohne Unterschrift gelangt als früheres in den Raum',
  };
  return [
    ...expectEqual(
      shown,
      { wanted: [3, 2, 1], got: numbersOf(idsAmong(chunkOf(shown), ids), ids) },
      { code: 'history-missing', title: 'Was vor dem Beitritt gesagt wurde, ist nicht in seiner Reihenfolge zu lesen' },
    ),
    ...(await expectHidden(tools, { reader: alice, roomId: room.roomId }, forged, slippedIn)),
    ...(await expectHidden(tools, { reader: alice, roomId: elsewhere.roomId }, foreign, slippedIn)),
    ...(await expectHidden(tools, { reader: alice, roomId: room.roomId }, foreign, slippedIn)),
  ];
}

/** A room of the peer in which something was said already. */
function hostPast({ random }: Tools, peer: Peer, creator: string): Room {
  const room = hostRoom(peer, { creator, version: '12' }, random.word(12));
  for (const text of ['eins', 'zwei', 'drei']) room.add(probeFrom(peer, room, creator, text));
  return room;
}

async function answeringThem(tools: Tools, peer: Peer, stranger: Peer): Promise<Findings> {
  const alice = await tools.user('alice');
  const userId = peer.userId('mallory');
  const visibility = { type: 'm.room.history_visibility', content: { history_visibility: 'joined' } };
  const roomId = await tools.room(alice, { preset: 'public_chat', initial_state: [visibility] });
  await tools.sendProbe(alice, roomId);
  const room = await joinRoom(peer, { roomId, userId });
  const sent = await sendProbes(tools, alice, roomId, 3);
  const elsewhere = await joinRoom(peer, { roomId: await tools.room(alice, { preset: 'public_chat' }), userId });
  const otherId = elsewhere.head?.eventId ?? '';
  const ask = (as: Peer, v: string, limit: number) =>
    as.ask('GET', backfillPath, { params: { roomId }, query: { v, limit: String(limit) } });
  const last = sent.at(-1) ?? '';
  const two = premise(await ask(peer, last, 2));
  const one = premise(await ask(peer, last, 1));
  const before = premise(await ask(peer, room.head?.eventId ?? '', 20));
  const seen = arrayAt(before.json, ['pdus']).filter((event) => valueAt(event, ['content', 'probe']) !== undefined);
  const ofOtherRoom = await ask(peer, otherId, 5);
  const otherEvents = { code: 'other-events', title: 'Geliefert werden nicht genau die letzten verlangten Ereignisse' };
  return [
    ...expectEqual(two, { wanted: [2, 3], got: numbersOf(idsIn(two, 'pdus'), sent).toSorted() }, otherEvents),
    ...expectEqual(one, { wanted: [3], got: numbersOf(idsIn(one, 'pdus'), sent) }, otherEvents),
    ...expectEqual(
      before,
      { wanted: 0, got: seen.length },
      { code: 'hidden-told', title: 'Ein anderer Homeserver erfährt, was vor seinem Beitritt verborgen gesagt wurde' },
    ),
    ...expectThat(ofOtherRoom, !idsIn(ofOtherRoom, 'pdus').includes(otherId), {
      code: 'other-room-told',
      title: 'Als Früheres eines Raums wird ein Ereignis eines anderen Raums geliefert',
      expected: 'nicht dieses Ereignis',
      observed: `Status ${ofOtherRoom.status} mit ihm`,
    }),
    ...expectRefused(await ask(stranger, last, 2), {
      code: 'told-to-stranger',
      title: 'Ein Homeserver, der nicht im Raum ist, bekommt die Ereignisse des Raums',
    }),
  ];
}
