import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Random } from '../../../core/random.ts';
import type { Answer } from '../../lib/answer.ts';
import type { ArrivalDefect } from '../../lib/arrival-defect.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { serverKeyPath } from '../../lib/federation.ts';
import { joinVia } from '../../lib/join-across.ts';
import { objectAt, stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { joinByAliasTemplate } from '../../lib/membership.ts';
import { eventOnce, eventTemplate } from '../../lib/room-events.ts';
import { serverClause } from '../../lib/server-api.ts';
import { getState, stateEventTemplate } from '../../lib/state-requests.ts';
import { probeType, type Tools } from '../../lib/tools.ts';
import { hostRoom, joinOf } from '../../peer/host-room.ts';
import { unsigned, wronglySigned } from '../../peer/misbehaviours.ts';
import type { Pdu } from '../../peer/pdu.ts';
import { openPeer, type Peer } from '../../peer/peer.ts';
import { createRoom, type NewPdu, type Room, stateKeyOf } from '../../peer/room.ts';

const membersTemplate = '/_matrix/client/v3/rooms/{roomId}/joined_members';
const topicType = 'm.room.topic';
const seemsJoined = answering(200, { room_id: '!altered:example.org' });

const handingInAnyway: ArrivalDefect = {
  arriving: /\/make_join\//,
  becoming: (request) => [
    request,
    { ...request, method: 'PUT', path: request.path.replace('v1/make_join', 'v2/send_join') },
  ],
};

// What another homeserver tells of a room is believed as far as it is signed, and a room without its beginning is none.
// https://spec.matrix.org/v1.19/server-server-api/#joining-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-join-verify',
    title: 'Beim Beitritt prüft der Server, was der andere Homeserver über den Raum erzählt',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('joining-rooms'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Unechte Ereignisse verhindern den Beitritt',
      defect: {
        when: { path: joinByAliasTemplate },
        alter: onlyNth(1, answering(502, { errcode: 'M_UNKNOWN', error: 'altered' })),
      },
      expectFinding: 'join-poisoned',
    },
    {
      title: 'Eine Person steht im Raum, deren Beitritt nicht unterschrieben ist',
      defect: {
        when: { path: membersTemplate },
        alter: (answer) => ({
          ...answer,
          json: { joined: { ...objectAt(answer.json, ['joined']), '@trent:example.org': {} } },
        }),
      },
      expectFinding: 'forged-member',
    },
    {
      title: 'Ein Thema mit falscher Unterschrift gilt',
      defect: { when: { path: stateEventTemplate }, alter: answering(200, { topic: 'falsch' }) },
      expectFinding: 'forged-state',
    },
    {
      title: 'Nach dem Beitritt kommt im Raum nichts an',
      defect: { when: { path: eventTemplate }, alter: setting(['content'], {}) },
      expectFinding: 'room-broken',
    },
    {
      title: 'Der Beitritt zu einem Raum ohne Anfang scheint gelungen',
      defect: { when: { path: joinByAliasTemplate }, alter: onlyNth(2, seemsJoined) },
      expectFinding: 'joined-without-creation',
    },
    {
      title: 'Der Beitritt mit der Vorlage einer anderen Person scheint gelungen',
      defect: { when: { path: joinByAliasTemplate }, alter: onlyNth(4, seemsJoined) },
      expectFinding: 'wrong-template-used',
    },
    {
      title: 'Eine falsche Vorlage wird unterschrieben zurückgegeben',
      defect: handingInAnyway,
      expectFinding: 'wrong-template-signed',
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const [peer, stranger] = [await openPeer(tools), await openPeer(tools)];
    const findings = [
      ...(await poisoned(tools, alice, peer, stranger)),
      ...(await withoutCreation(tools, alice, peer)),
      ...(await wrongTemplates(tools, alice, peer)),
    ];
    return outcomeOf(findings, 'Unechtes blieb draußen, der Raum benutzbar; falsche Vorlagen und Räume abgewiesen');
  },
});

const hosted = (random: Random, peer: Peer): Room =>
  hostRoom(peer, { creator: peer.userId('mallory'), version: '12' }, random.word(12));

/** The room with other state than it has. */
function retold({ roomId, version, head }: Room, state: readonly Pdu[]): Room {
  const room = createRoom({ roomId, version, state });
  if (head !== undefined) room.add(head);
  return room;
}

const tryJoin = (tools: Tools, alice: Session, { serverName: via }: Peer, { roomId }: Room): Promise<Answer> =>
  joinVia(tools, alice, { roomId, via });

function forgedState(peer: Peer, stranger: Peer, room: Room): readonly Pdu[] {
  const join = (by: Peer, userId: string) =>
    by.sealed(room, { type: 'm.room.member', stateKey: userId, sender: userId, content: { membership: 'join' } });
  const topic = { type: topicType, stateKey: '', sender: peer.userId('mallory'), content: { topic: 'falsch' } };
  return [
    unsigned(join(peer, peer.userId('trent'))),
    wronglySigned(join(peer, peer.userId('oscar'))),
    join(stranger, stranger.userId('eve')),
    wronglySigned(peer.sealed(room, topic)),
  ];
}

async function poisoned(tools: Tools, alice: Session, peer: Peer, stranger: Peer): Promise<Findings> {
  const { request, random } = tools;
  // Nobody can tell whether what the stranger signed is from it.
  using _keysUnknown = stranger.server.answering(({ path }) => path.startsWith(serverKeyPath), {
    status: 404,
    json: { errcode: 'M_NOT_FOUND', error: 'gone' },
  });
  const honest = hosted(random, peer);
  const room = peer.serve(retold(honest, [...honest.state.values(), ...forgedState(peer, stranger, honest)]));
  const joined = await tryJoin(tools, alice, peer, room);
  const claim = { code: 'join-poisoned', title: 'Unechte Ereignisse im Zustand eines Raums verhindern den Beitritt' };
  if (joined.status !== 200) return expectStatus(joined, 200, claim);
  await joinOf(peer, room, alice.userId);
  const { roomId } = room;
  const members = await request('GET', membersTemplate, { params: { roomId }, session: alice });
  const topic = await getState(request, alice, { roomId, eventType: topicType });
  const mallory = peer.userId('mallory');
  const probe = peer.sealed(room, { type: probeType, sender: mallory, content: { probe: 'echt' } });
  await peer.send({ pdus: [probe] });
  const seen = await eventOnce(tools, alice, { roomId, eventId: probe.eventId }, () => true);
  return [
    ...expectEqual(
      members,
      { wanted: [alice.userId, mallory].sort(), got: Object.keys(objectAt(members.json, ['joined'])).sort() },
      { code: 'forged-member', title: 'Nach dem Beitritt stehen Personen im Raum, deren Beitritt nicht echt ist' },
    ),
    ...expectStatus(topic, 404, {
      code: 'forged-state',
      title: 'Nach dem Beitritt gilt ein Zustand mit falscher Unterschrift',
    }),
    ...expectThat(seen, stringAt(seen.json, ['content', 'probe']) === 'echt', {
      code: 'room-broken',
      title: 'Nach dem Beitritt kommen Ereignisse des anderen Homeservers nicht an',
      expected: 'das Ereignis mit seinem Inhalt',
      observed: `Status ${seen.status}`,
    }),
  ];
}

const expectNotJoined = (answer: Answer, claim: { readonly code: string; readonly title: string }): Findings =>
  expectThat(answer, answer.status >= 400, {
    ...claim,
    expected: 'eine Fehlermeldung',
    observed: `Status ${answer.status}`,
  });

async function withoutCreation(tools: Tools, alice: Session, peer: Peer): Promise<Findings> {
  const honest = hosted(tools.random, peer);
  const creation = honest.state.get(stateKeyOf('m.room.create'));
  const room = peer.serve(
    retold(
      honest,
      [...honest.state.values()].filter((pdu) => pdu !== creation),
    ),
  );
  return expectNotJoined(await tryJoin(tools, alice, peer, room), {
    code: 'joined-without-creation',
    title: 'Der Beitritt gelingt, obwohl dem Raum das Ereignis fehlt, mit dem er beginnt',
  });
}

async function wrongTemplates(tools: Tools, alice: Session, peer: Peer): Promise<Findings> {
  const join = { type: 'm.room.member', content: { membership: 'join' } };
  const ofAnother = { ...join, stateKey: peer.userId('mallory'), sender: peer.userId('mallory') };
  const ofAlice = { ...join, stateKey: alice.userId, sender: alice.userId };
  const elsewhere = { room_id: `!${tools.random.word(12)}:${peer.serverName}` };
  const wrong = async (event: NewPdu) => templateFindings(await withTemplate(tools, alice, peer, event));
  const leaving = await withTemplate(tools, alice, peer, { ...ofAlice, fields: { content: { membership: 'leave' } } });
  return [
    ...(await wrong(ofAnother)),
    ...(await wrong({ ...ofAlice, fields: elsewhere })),
    ...(await wrong({ ...ofAlice, fields: { type: probeType } })),
    ...expectThat(leaving.answer, leaving.answer.status >= 400 && !leaving.isHandedIn, {
      code: 'other-membership-used',
      title: 'Eine Vorlage für etwas anderes als einen Beitritt wird zum Beitritt umgeschrieben statt verworfen',
      expected: 'eine Fehlermeldung und keine Anfrage an send_join',
      observed: `Status ${leaving.answer.status}`,
    }),
  ];
}

interface Attempt {
  readonly answer: Answer;
  /** Whether the homeserver brought a signed event. */
  readonly isHandedIn: boolean;
}

async function withTemplate(tools: Tools, alice: Session, peer: Peer, event: NewPdu): Promise<Attempt> {
  const room = hosted(tools.random, peer);
  using _answering = peer.server.answering(({ path }) => path.includes(`/make_join/${room.roomId}/`), {
    status: 200,
    json: { room_version: room.version, event: room.draft(event, tools.now()) },
  });
  const answer = await tryJoin(tools, alice, peer, room);
  const isHandedIn = peer.server.received.some(({ path }) => path.includes(`/send_join/${room.roomId}/`));
  return { answer, isHandedIn };
}

const templateFindings = ({ answer, isHandedIn }: Attempt): Findings => [
  ...expectNotJoined(answer, {
    code: 'wrong-template-used',
    title: 'Der Beitritt gelingt mit einer Vorlage, die nicht den gewünschten Beitritt beschreibt',
  }),
  ...expectThat(answer, !isHandedIn, {
    code: 'wrong-template-signed',
    title: 'Eine Vorlage, die nicht den gewünschten Beitritt beschreibt, wird unterschrieben zurückgegeben',
    expected: 'keine Anfrage an send_join',
    observed: 'eine',
  }),
];
