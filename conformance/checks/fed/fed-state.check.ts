import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, setting } from '../../lib/defect.ts';
import { changingList } from '../../lib/event-defects.ts';
import { arrayAt } from '../../lib/json.ts';
import { expectEqual, expectError, type Findings } from '../../lib/match.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { expectForbidden, expectMalformed } from '../../lib/refusals.ts';
import { serverClause } from '../../lib/server-api.ts';
import { setState } from '../../lib/state-requests.ts';
import { bring } from '../../peer/bring.ts';
import { expectGenuine } from '../../peer/genuine-events.ts';
import { joinRoom } from '../../peer/join-room.ts';
import { outlierOf, tellingAuth } from '../../peer/outlier.ts';
import type { Pdu } from '../../peer/pdu.ts';
import { openPeer, type Peer, remoteEventPath } from '../../peer/peer.ts';
import type { Room } from '../../peer/room.ts';
import {
  chainDifference,
  fetchPdu,
  idsIn,
  noDifference,
  stateAtPath,
  stateIdsAt,
  stateIdsPath,
} from '../../peer/room-history.ts';

const refusedBecoming =
  (status: number): Alteration =>
  (answer, { earlier }) =>
    answer.status === status ? (earlier[0] ?? answer) : answer;

// From the state before an event other homeservers judge it; a wrong one splits the room.
// https://spec.matrix.org/v1.19/server-server-api/#retrieving-event-authorization-information
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-state',
    title: 'Anderen Homeservern im Raum nennt der Server genau den Zustand vor einem Ereignis',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('get_matrixfederationv1state_idsroomid'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Das Ereignis selbst gehört schon zum Zustand',
      defect: {
        when: { path: stateIdsPath },
        alter: (answer, seen) => {
          const asked = new URLSearchParams(seen.query).get('event_id');
          return changingList(['pdu_ids'], (ids) => (ids.length === 0 ? ids : [...ids, asked]))(answer, seen);
        },
      },
      expectFinding: 'other-state',
    },
    {
      title: 'Dem Zustand fehlt ein Ereignis',
      defect: { when: { path: stateAtPath }, alter: changingList(['pdus'], (pdus) => pdus.slice(1)) },
      expectFinding: 'other-state',
    },
    {
      title: 'Worauf der Zustand beruht, fehlt',
      defect: { when: { path: stateIdsPath }, alter: setting(['auth_chain_ids'], []) },
      expectFinding: 'chain-wrong',
    },
    {
      title: 'Auch wo der Zustand nicht bekannt ist, wird einer genannt',
      defect: { when: { path: stateIdsPath }, alter: refusedBecoming(404) },
      expectFinding: 'unknown-state-told',
    },
    {
      title: 'Wer nicht im Raum ist, erfährt den Zustand',
      defect: { when: { path: stateIdsPath }, alter: refusedBecoming(403) },
      expectFinding: 'told-to-stranger',
    },
    {
      title: 'Ohne Angabe eines Ereignisses wird geantwortet',
      defect: { when: { path: stateIdsPath }, alter: refusedBecoming(400) },
      expectFinding: 'no-event-answered',
    },
    {
      title: 'Ein Ereignis wird verändert geliefert',
      defect: { when: { path: remoteEventPath }, alter: setting(['pdus', 0, 'content', 'topic'], 'anders') },
      expectFinding: 'not-genuine',
    },
  ],
  async run(tools) {
    const { request } = tools;
    const alice = await tools.user('alice');
    const [peer, stranger] = [await openPeer(tools), await openPeer(tools)];
    const mallory = peer.userId('mallory');
    const enter = async () =>
      joinRoom(peer, { roomId: await tools.room(alice, { preset: 'public_chat' }), userId: mallory });
    const [room, elsewhere] = [await enter(), await enter()];
    const { roomId } = room;
    const key = { roomId, eventType: 'm.room.topic' };
    const changed = async (topic: string): Promise<Moment> => {
      const eventId = premiseString(await setState(request, alice, key, { topic }), ['event_id']);
      const before = [...room.state.values()];
      room.add(await fetchPdu(peer, eventId));
      return { eventId, before };
    };
    const moments = [await changed('eins'), await changed('zwei')];
    const said = { eventId: await tools.sendProbe(alice, roomId), before: [...room.state.values()] };
    const states = await expectStates(peer, room, [...moments, said]);
    const { outlier, restingOnIt } = outlierOf(peer, room, mallory);
    const topic = { type: 'm.room.topic', stateKey: '', sender: mallory, content: { topic: 'drei' } };
    const rejected = peer.sealed(room, topic);
    using _telling = tellingAuth(peer, room, [outlier]);
    premise(await bring(tools, { peer, reader: alice, roomId }, [rejected, restingOnIt]));
    const notKnown = await Promise.all([outlier, rejected].map(({ eventId }) => stateIdsAt(peer, roomId, eventId)));
    const ofOtherRoom = await stateIdsAt(peer, roomId, elsewhere.head?.eventId ?? '');
    const noEvent = await peer.ask('GET', stateIdsPath, { params: { roomId } });
    const asStranger = await stateIdsAt(stranger, roomId, said.eventId);
    return outcomeOf(
      [
        ...states,
        ...notKnown.flatMap((answer) => expectUnknown(answer)),
        ...expectUnknown(ofOtherRoom),
        ...expectMalformed(noEvent, {
          code: 'no-event-answered',
          title: 'Die Frage nach einem Zustand ohne Angabe eines Ereignisses wird nicht als solche abgelehnt',
        }),
        ...expectForbidden(asStranger, {
          code: 'told-to-stranger',
          title: 'Ein Homeserver, der nicht im Raum ist, erfährt den Zustand des Raums',
        }),
        ...(await expectGenuine(tools, [peer])),
      ],
      'Vor drei Ereignissen genau der Zustand und worauf er beruht; bei verworfenen, fremden und ohne Ereignis: keiner',
    );
  },
});

interface Moment {
  readonly eventId: string;
  /** The state before it. */
  readonly before: readonly Pdu[];
}

async function expectStates(peer: Peer, room: Room, moments: readonly Moment[]): Promise<Findings> {
  const findings: Findings[] = [];
  for (const moment of moments) {
    const asked = { params: { roomId: room.roomId }, query: { event_id: moment.eventId } };
    const short = premise(await peer.ask('GET', stateIdsPath, asked));
    const full = premise(await peer.ask('GET', stateAtPath, asked));
    const listed = (name: string) => arrayAt(short.json, [name]).map(String);
    findings.push(
      expectState(short, { room, moment, state: listed('pdu_ids'), chain: listed('auth_chain_ids') }),
      expectState(full, { room, moment, state: idsIn(full, 'pdus'), chain: idsIn(full, 'auth_chain') }),
    );
  }
  return findings.flat();
}

interface Told {
  readonly room: Room;
  readonly moment: Moment;
  readonly state: readonly string[];
  readonly chain: readonly string[];
}

function expectState(answer: Answer, { room, moment: { before }, state, chain }: Told): Findings {
  const wanted = before.map(({ eventId }) => eventId).toSorted();
  return [
    ...expectEqual(
      answer,
      { wanted, got: state.toSorted() },
      { code: 'other-state', title: 'Als Zustand vor einem Ereignis wird ein anderer genannt' },
    ),
    ...expectEqual(
      answer,
      { wanted: noDifference, got: chainDifference(room, before, chain) },
      { code: 'chain-wrong', title: 'Zum Zustand wird nicht genau genannt, worauf er beruht' },
    ),
  ];
}

const expectUnknown = (answer: Answer): Findings =>
  expectError(
    answer,
    { status: 404, errcode: 'M_NOT_FOUND' },
    {
      code: 'unknown-state-told',
      title: 'Ein Zustand wird auch vor Ereignissen genannt, vor denen ihn der Server nicht kennen kann',
    },
  );
