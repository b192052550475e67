import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { removing } from '../../lib/defect.ts';
import { showingHidden } from '../../lib/hidden-events.ts';
import { joinAcross } from '../../lib/join-across.ts';
import { arrayAt, objectAt, stringAt, withValueAt } from '../../lib/json.ts';
import { expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { expectForbidden, forbidding } from '../../lib/refusals.ts';
import { serverClause } from '../../lib/server-api.ts';
import { getState, setState } from '../../lib/state-requests.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { arrivalMs, inlineFilter, roomsOnly, syncStart } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';
import { typistsIn } from '../../lib/typing.ts';
import { bring, expectHidden, probeFrom } from '../../peer/bring.ts';
import { typingEdu } from '../../peer/edus.ts';
import { expectGenuine } from '../../peer/genuine-events.ts';
import { hostRoom, joinOf } from '../../peer/host-room.ts';
import { invitation, sendInvite } from '../../peer/invite.ts';
import { joinRoom, makeJoin, proposed, sendJoin } from '../../peer/join-room.ts';
import { makeKnock, sendKnock } from '../../peer/knock.ts';
import { makeLeave, sendLeave } from '../../peer/leave-room.ts';
import { openPeer, type Peer, sendPath } from '../../peer/peer.ts';
import type { Room } from '../../peer/room.ts';
import { stateAtPath } from '../../peer/room-history.ts';
import { historyQuestions, type RoomQuestions } from '../../peer/room-questions.ts';
import { takeIn } from '../../peer/take-in.ts';

const asked = /\/_matrix\/federation\/v\d\/(?!send\/)/;

// A room that shuts a homeserver out is shut on every way in and out of it.
// https://spec.matrix.org/v1.19/server-server-api/#server-access-control-lists-acls
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-acl',
    title: 'Ein Homeserver, den ein Raum aussperrt, kommt dort auf keinem Weg hinein und erfährt nichts daraus',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('server-access-control-lists-acls'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Der ausgesperrte Homeserver bekommt weiter Antworten',
      defect: {
        when: { path: asked },
        alter: (answer, seen) => (answer.status === 403 ? (seen.earlier.at(-1) ?? answer) : answer),
      },
      expectFinding: 'shut-out-answered',
    },
    {
      title: 'Niemand bekommt Antworten',
      defect: { when: { path: stateAtPath }, alter: forbidding },
      expectFinding: 'never-answered',
    },
    { title: 'Ein Ereignis des Ausgesperrten erscheint', defect: showingHidden, expectFinding: 'event-taken' },
    {
      title: 'Der Ausgesperrte erfährt nicht, dass sein Ereignis abgelehnt ist',
      defect: { when: { path: sendPath }, alter: removing(['pdus']) },
      expectFinding: 'no-error-told',
    },
    {
      title: 'Der Ausgesperrte darf in allen Räumen tippen',
      defect: {
        when: { path: syncTemplate },
        alter: (answer, { earlier }) => {
          const rooms = Object.keys(objectAt(earlier[0]?.json, ['rooms', 'join']));
          const told = Object.values(objectAt(answer.json, ['rooms', 'join']));
          const events = told.flatMap((room) => arrayAt(room, ['ephemeral', 'events']));
          const everywhere = Object.fromEntries(rooms.map((roomId) => [roomId, { ephemeral: { events } }]));
          return events.length === 0
            ? answer
            : { ...answer, json: withValueAt(answer.json, ['rooms', 'join'], everywhere) };
        },
      },
      expectFinding: 'news-taken',
    },
  ],
  async run(tools) {
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const peer = await openPeer(tools);
    const [creator, trent, dave] = ['mallory', 'trent', 'dave'].map(peer.userId) as [string, string, string];
    const elsewhere = await joinRoom(peer, {
      roomId: await tools.room(alice, { preset: 'public_chat' }),
      userId: creator,
    });
    const room = await hostEntered(tools, peer, { alice, creator });
    const { roomId } = room;
    const join = proposed(peer, await makeJoin(peer, { roomId, userId: trent }));
    const leave = proposed(peer, await makeLeave(peer, { roomId, userId: creator }));
    const rule = await ruling(tools, alice, roomId, 'knock');
    const { eventId } = await takeIn(peer, room, 'm.room.join_rules', (pdu) => pdu.eventId === rule);
    const knock = proposed(peer, await makeKnock(peer, { roomId, userId: dave }));
    const invite = (guest: string) => sendInvite(peer, room, invitation(peer, room, { inviter: creator, guest }));
    const history = historyQuestions(peer, roomId, eventId);
    const before = await answersTo({ ...history, Einladung: () => invite(bob.userId) });
    await shutOut(tools, peer, { alice, creator, room });
    await untilEffective(tools, history);
    const whileKnocking = await answersTo({
      ...history,
      Einladung: () => invite(carol.userId),
      'Vorschlag zum Anklopfen': () => makeKnock(peer, { roomId, userId: dave }),
      Anklopfen: () => sendKnock(peer, roomId, knock),
      'Vorschlag zum Verlassen': () => makeLeave(peer, { roomId, userId: creator }),
      Verlassen: () => sendLeave(peer, roomId, leave),
    });
    await ruling(tools, alice, roomId, 'public');
    const whileOpen = await answersTo({
      'Vorschlag zum Beitritt': () => makeJoin(peer, { roomId, userId: trent }),
      Beitritt: () => sendJoin(peer, roomId, join),
    });
    return outcomeOf(
      [
        ...before.flatMap(({ name, answer }) =>
          expectStatus(answer, 200, {
            code: 'never-answered',
            title: `Einem nicht ausgesperrten Homeserver im Raum wird nicht geantwortet (${name})`,
          }),
        ),
        ...[...whileKnocking, ...whileOpen].flatMap(({ name, answer }) =>
          expectForbidden(answer, {
            code: 'shut-out-answered',
            title: `Ein ausgesperrter Homeserver wird nicht als solcher abgewiesen (${name})`,
          }),
        ),
        ...(await sending(tools, peer, { alice, creator, room, elsewhere })),
        ...(await expectGenuine(tools, [peer])),
      ],
      'Vor der Aussperrung beantwortet, danach auf zwölf Wegen abgewiesen; Ereignisse und Meldungen verworfen',
    );
  },
});

/** A list of servers may take a moment to hold everywhere; one that never does is found right after. */
async function untilEffective(tools: Tools, questions: RoomQuestions): Promise<void> {
  const [ask] = Object.values(questions);
  if (ask !== undefined) await tools.poll({ ask, until: ({ status }) => status !== 200, deadlineMs: settlingMs });
}

interface Hosted {
  readonly alice: Session;
  readonly creator: string;
}

/** A room of the peer that a person of the homeserver entered and may rule. */
async function hostEntered(tools: Tools, peer: Peer, { alice, creator }: Hosted): Promise<Room> {
  const room = hostRoom(peer, { creator, version: '12' }, tools.random.word(12));
  const content = { users: { [alice.userId]: 100 } };
  room.add(peer.sealed(room, { type: 'm.room.power_levels', stateKey: '', sender: creator, content }));
  await joinAcross(tools, alice, { roomId: room.roomId, via: peer.serverName });
  await joinOf(peer, room, alice.userId);
  return room;
}

/** A person of the homeserver changes who may join. Resolves with the event's id. */
async function ruling({ request }: Tools, by: Session, roomId: string, rule: string): Promise<string> {
  const key = { roomId, eventType: 'm.room.join_rules' };
  return premiseString(await setState(request, by, key, { join_rule: rule }), ['event_id']);
}

async function answersTo(questions: RoomQuestions) {
  const answers: { readonly name: string; readonly answer: Answer }[] = [];
  for (const [name, ask] of Object.entries(questions)) answers.push({ name, answer: await ask() });
  return answers;
}

interface ShutOut extends Hosted {
  readonly room: Room;
}

async function shutOut(tools: Tools, peer: Peer, { alice, creator, room }: ShutOut): Promise<void> {
  const eventType = 'm.room.server_acl';
  // Ports do not count.
  const content = { allow: ['*'], deny: [peer.serverName.replace(/:\d+$/, '')] };
  const list = peer.sealed(room, { type: eventType, stateKey: '', sender: creator, content });
  premise(await peer.send({ pdus: [list] }));
  room.add(list);
  const told = await tools.poll({
    ask: () => getState(tools.request, alice, { roomId: room.roomId, eventType }),
    until: ({ status }) => status === 200,
    deadlineMs: settlingMs,
  });
  premise(told);
}

async function sending(
  tools: Tools,
  peer: Peer,
  { alice, creator, room, elsewhere }: ShutOut & { readonly elsewhere: Room },
): Promise<Findings> {
  const rooms = [room.roomId, elsewhere.roomId];
  const query = inlineFilter({ ...roomsOnly, room: { rooms, state: { types: [] }, timeline: { limit: 1 } } });
  const since = await syncStart(tools, alice, query);
  const probe = probeFrom(peer, room, creator, 'ausgesperrt');
  const sent = await peer.send({ pdus: [probe], edus: [typingEdu(creator, room.roomId)] });
  const at = { peer, reader: alice, roomId: elsewhere.roomId };
  const inOther = await bring(tools, at, [probeFrom(peer, elsewhere, creator, 'nicht ausgesperrt')]);
  await peer.send({ edus: [typingEdu(creator, elsewhere.roomId)] });
  const types = (json: unknown, { roomId }: Room) => typistsIn(json, roomId)?.includes(creator) ?? false;
  const news = await tools.waitForSync(alice, {
    since,
    until: (json) => types(json, elsewhere),
    deadlineMs: arrivalMs,
  });
  const error = stringAt(sent.json, ['pdus', probe.eventId, 'error']);
  return [
    ...expectThat(sent, error !== undefined, {
      code: 'no-error-told',
      title: 'Zu einem Ereignis eines ausgesperrten Homeservers nennt der Server keinen Fehler',
      expected: 'pdus mit error zu diesem Ereignis',
      observed: `Status ${sent.status} ohne error`,
    }),
    ...(await expectHidden(tools, { reader: alice, roomId: room.roomId }, probe, {
      code: 'event-taken',
      title: 'Ein Ereignis eines ausgesperrten Homeservers erscheint im Raum',
    })),
    ...expectThat(news.last, !news.answers.some(({ json }) => types(json, room)), {
      code: 'news-taken',
      title: 'Eine flüchtige Meldung eines ausgesperrten Homeservers erscheint im Raum',
      expected: 'kein m.typing',
      observed: 'm.typing mit der Person des ausgesperrten Homeservers',
    }),
    ...expectThat(inOther, inOther.status === 200 && news.reached, {
      code: 'other-room-shut',
      title: 'Die Aussperrung wirkt auch in einem anderen Raum',
      expected: 'Ereignis und Meldung erscheinen dort',
      observed: `Ereignis: Status ${inOther.status}, Meldung: ${news.reached ? 'ja' : 'nein'}`,
    }),
  ];
}
