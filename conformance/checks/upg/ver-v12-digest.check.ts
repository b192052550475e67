import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import type { AlterableAnswer, Circumstances } from '../../lib/defect.ts';
import { changingList, dropping } from '../../lib/event-defects.ts';
import { arrayAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, type Findings } from '../../lib/match.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { changeLevels, setState } from '../../lib/state-requests.ts';
import type { Tools } from '../../lib/tools.ts';
import { bring, following, probeFrom } from '../../peer/bring.ts';
import { expectGenuine } from '../../peer/genuine-events.ts';
import { joinRoom, sendJoinPath } from '../../peer/join-room.ts';
import type { Pdu } from '../../peer/pdu.ts';
import { openPeer, type Peer } from '../../peer/peer.ts';
import { type Room, stateKeyOf } from '../../peer/room.ts';
import { fetchPdu, stateIdsAt, stateIdsPath } from '../../peer/room-history.ts';

const isCreation = (event: unknown): boolean => valueAt(event, ['type']) === 'm.room.create';

// Another homeserver computes the id of the room from its first event, on which no other one rests; of two branches of
// the room the one that took a right away counts, whichever arrived first.
// https://spec.matrix.org/v1.19/rooms/v12/
export const check = conformanceCheck({
  meta: {
    id: 'conformance.upg.ver-v12-digest',
    title:
      'In Raumversion 12 folgt der Name des Raums aus seinem ersten Ereignis, und aus zwei Zweigen wird derselbe Stand',
    requirements: ['SI-15', 'KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('mroomcreate'),
    rows: ['ver-v12'],
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Das erste Ereignis sagt etwas anderes, als der Name des Raums vermuten lässt',
      defect: {
        when: { path: sendJoinPath },
        alter: changingList(['state'], (events) =>
          events.map((event) => (isCreation(event) ? withValueAt(event, ['content', 'de.pruefstand'], 1) : event)),
        ),
      },
      expectFinding: 'id-not-digest',
    },
    {
      title: 'Ereignisse berufen sich auf das erste',
      defect: { when: { path: sendJoinPath }, alter: restingOnCreation },
      expectFinding: 'rests-on-creation',
    },
    {
      title: 'Der Stand nach beiden Zweigen ist ein anderer',
      defect: { when: { path: stateIdsPath }, alter: changingList(['pdu_ids'], dropping) },
      expectFinding: 'resolved-wrongly',
    },
  ],
  async run(tools) {
    const peer = await openPeer(tools);
    const alice = await tools.user('alice');
    const mallory = peer.userId('mallory');
    const roomId = await tools.room(alice, { preset: 'public_chat', room_version: '12' });
    const levels = await changeLevels(tools.request, alice, roomId, { users: { [mallory]: 50 } });
    premise(levels);
    const room = await joinRoom(peer, { roomId, userId: mallory });
    const [joined] = peer.answers.slice(-1);
    const creation = room.state.get(stateKeyOf('m.room.create'));
    const others = [...room.pdus.values()].filter(({ json }) => !isCreation(json));
    const resting = others.filter(({ json }) => arrayAt(json, ['auth_events']).includes(`$${roomId.slice(1)}`));
    const about = joined ?? levels;
    return outcomeOf(
      [
        ...expectEqual(
          about,
          { wanted: roomId, got: creation?.eventId.replace('$', '!') ?? null },
          { code: 'id-not-digest', title: 'Der Name des Raums folgt nicht aus seinem ersten Ereignis' },
        ),
        ...expectEqual(
          about,
          { wanted: [], got: resting.map(({ json }) => json['type']) },
          { code: 'rests-on-creation', title: 'Ein Ereignis beruft sich auf das erste des Raums' },
        ),
        // On events that rest on a wrong one nothing that counts can follow.
        ...(resting.length === 0 ? await branchFindings(tools, { peer, room, mallory }, alice) : []),
        ...(await expectGenuine(tools, [peer])),
      ],
      'Name aus dem ersten Ereignis, auf das sich keines beruft; nach zwei Zweigen gilt der Entzug des Rechts',
    );
  },
});

interface Branching {
  readonly peer: Peer;
  readonly room: Room;
  readonly mallory: string;
}

/** The homeserver takes a right away while its holder, who does not know yet, makes use of it elsewhere. */
async function branchFindings(
  tools: Tools,
  { peer, room, mallory }: Branching,
  alice: Awaited<ReturnType<Tools['user']>>,
): Promise<Findings> {
  const { roomId } = room;
  const key = { roomId, eventType: 'm.room.topic' };
  const fetched = async (answer: Parameters<typeof premiseString>[0]): Promise<Pdu> => {
    const pdu = await fetchPdu(peer, premiseString(answer, ['event_id']));
    room.add(pdu);
    return pdu;
  };
  const topic = await fetched(await setState(tools.request, alice, key, { topic: 'eins' }));
  const content = { topic: 'zwei' };
  const meanwhile = peer.sealed(room, { type: 'm.room.topic', stateKey: '', sender: mallory, content });
  const demotion = await fetched(await changeLevels(tools.request, alice, roomId, { users: { [mallory]: 0 } }));
  const both = probeFrom(peer, room, mallory, 'danach', following([demotion, meanwhile]));
  room.know([meanwhile]);
  premise(await bring(tools, { peer, reader: alice, roomId }, [meanwhile, both]));
  const state = premise(await stateIdsAt(peer, roomId, both.eventId));
  const ids = arrayAt(state.json, ['pdu_ids']);
  return expectEqual(
    state,
    { wanted: [true, true, false], got: [topic, demotion, meanwhile].map(({ eventId }) => ids.includes(eventId)) },
    { code: 'resolved-wrongly', title: 'Aus zwei Zweigen des Raums wird nicht der Stand, den beide ergeben' },
  );
}

function restingOnCreation(answer: AlterableAnswer, seen: Circumstances): AlterableAnswer {
  const roomId = decodeURIComponent(seen.path.split('/').at(-2) ?? '');
  const resting = (event: unknown) => withValueAt(event, ['auth_events'], [`$${roomId.slice(1)}`]);
  const others = changingList(['state'], (events) =>
    events.map((event) => (isCreation(event) ? event : resting(event))),
  );
  return others(answer, seen);
}
