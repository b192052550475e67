import { outcomeOf } from '../../../core/model/outcome.ts';
import { losing } from '../../lib/arrival-defect.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, removing, setting } from '../../lib/defect.ts';
import { serverKeyPath } from '../../lib/federation.ts';
import { joinAcross, joinVia } from '../../lib/join-across.ts';
import { membersOf, withJoinRule } from '../../lib/join-rules.ts';
import { arrayAt, objectAt, stringAt } from '../../lib/json.ts';
import { expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { joinByAliasTemplate } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { expectRefused } from '../../lib/refusals.ts';
import { eventOnce, eventTemplate } from '../../lib/room-events.ts';
import { serverClause } from '../../lib/server-api.ts';
import { isVouchedFor } from '../../lib/server-keys.ts';
import { probeType, type Tools } from '../../lib/tools.ts';
import { hostRoom, joinOf } from '../../peer/host-room.ts';
import { joinRoom, makeJoin, makeJoinPath, proposed, sendJoin, sendJoinPath } from '../../peer/join-room.ts';
import { omittingMembers } from '../../peer/partial-join.ts';
import { openPeer, type Peer, transactionPath } from '../../peer/peer.ts';
import { redacted } from '../../peer/redacted.ts';

const membersTemplate = '/_matrix/client/v3/rooms/{roomId}/members';
/** Nobody listens there. */
const silentServer = 'localhost:1';

// A room is joined through any homeserver that is in it; one that does not answer stands in nobody's way.
// https://spec.matrix.org/v1.19/server-server-api/#joining-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-join',
    title: 'Beitreten über Homeserver hinweg gelingt trotz Ausfall, mit Teilzustand und nach den Regeln des Raumes',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('joining-rooms'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Ein stummer Homeserver verhindert den Beitritt',
      defect: {
        when: { path: joinByAliasTemplate },
        alter: onlyNth(1, answering(502, { errcode: 'M_UNKNOWN', error: 'altered' })),
      },
      expectFinding: 'failover-missing',
    },
    {
      title: 'Was hier gesendet wird, erreicht den anderen Homeserver nicht',
      defect: losing(transactionPath),
      expectFinding: 'not-sent-out',
    },
    {
      title: 'Was dort gesendet wird, kommt hier verändert an',
      defect: { when: { method: 'GET', path: eventTemplate }, alter: setting(['content', 'probe'], 'anders') },
      expectFinding: 'not-taken-in',
    },
    {
      title: 'Nach dem schnellen Beitritt fehlen Mitglieder',
      defect: { when: { path: membersTemplate }, alter: setting(['chunk'], []) },
      expectFinding: 'member-missing',
    },
    {
      title: 'Wer nicht beitreten darf, bekommt einen Vorschlag für den Beitritt',
      defect: {
        when: { path: makeJoinPath },
        alter: (answer, seen) => (answer.status >= 400 ? (seen.earlier[0] ?? answer) : answer),
      },
      expectFinding: 'not-allowed-let-in',
    },
    {
      title: 'Der bürgende Homeserver unterschreibt den Beitritt nicht',
      defect: { when: { path: sendJoinPath }, alter: removing(['event', 'signatures']) },
      expectFinding: 'not-vouched-for',
    },
  ],
  async run(tools) {
    const peer = await openPeer(tools);
    const findings = [
      ...(await overSilentServer(tools, peer)),
      ...(await withPartialState(tools, peer)),
      ...(await restricted(tools, peer)),
    ];
    return outcomeOf(
      findings,
      'Beigetreten trotz stummem Homeserver, mit Teilzustand und als Mitglied eines anderen Raumes',
    );
  },
});

async function overSilentServer(tools: Tools, peer: Peer): Promise<Findings> {
  const { random } = tools;
  const alice = await tools.user('alice');
  const mallory = peer.userId('mallory');
  const room = hostRoom(peer, { creator: mallory, version: '12' }, random.word(12));
  const { roomId } = room;
  const joined = await joinVia(tools, alice, { roomId, via: [silentServer, peer.serverName] });
  if (joined.status !== 200) return failover(joined);
  await joinOf(peer, room, alice.userId);
  const out = await tools.sendProbe(alice, roomId);
  const received = await peer.waitForPdu(({ eventId }) => eventId === out);
  const probe = random.word(16);
  const pdu = peer.sealed(room, { type: probeType, sender: mallory, content: { probe } });
  await peer.send({ pdus: [pdu] });
  const taken = await eventOnce(tools, alice, { roomId, eventId: pdu.eventId }, () => true);
  return [
    ...failover(joined),
    ...expectThat(joined, received !== undefined, {
      code: 'not-sent-out',
      title: 'Ein Ereignis aus einem Raum des anderen Homeservers erreicht diesen nicht',
      expected: 'das Ereignis mit derselben Kennung in einer Transaktion',
      observed: 'nichts',
    }),
    ...expectThat(taken, stringAt(taken.json, ['content', 'probe']) === probe, {
      code: 'not-taken-in',
      title: 'Ein Ereignis des anderen Homeservers kommt hier nicht oder verändert an',
      expected: 'derselbe Inhalt',
      observed: `Status ${taken.status}`,
    }),
  ];
}

const failover = (joined: Parameters<typeof expectStatus>[0]): Findings =>
  expectStatus(joined, 200, {
    code: 'failover-missing',
    title:
      'Antwortet der erste genannte Homeserver nicht, misslingt der Beitritt, obwohl ein anderer ihn vermitteln kann',
  });

async function withPartialState(tools: Tools, peer: Peer): Promise<Findings> {
  const { request, random } = tools;
  const bob = await tools.user('bob');
  const room = hostRoom(peer, { creator: peer.userId('mallory'), version: '12' }, random.word(12));
  const trent = peer.userId('trent');
  room.add(
    peer.sealed(room, { type: 'm.room.member', stateKey: trent, sender: trent, content: { membership: 'join' } }),
  );
  using _omitting = omittingMembers(peer, room);
  const { roomId } = room;
  await joinAcross(tools, bob, { roomId, via: peer.serverName });
  const members = await request('GET', membersTemplate, { params: { roomId }, session: bob });
  const people = arrayAt(members.json, ['chunk']).map((event) => stringAt(event, ['state_key']));
  return expectThat(members, people.includes(trent), {
    code: 'member-missing',
    title: 'Nach einem Beitritt mit Teilzustand fehlt in der Mitgliederliste, wer schon im Raum war',
    expected: 'auch das Mitglied, das beim Beitritt ausgelassen wurde',
    observed: `${people.length} Mitglieder ohne dieses`,
  });
}

async function restricted(tools: Tools, peer: Peer): Promise<Findings> {
  const alice = await tools.user('alice');
  const [mallory, trent] = [peer.userId('mallory'), peer.userId('trent')];
  const allowed = await tools.room(alice, { preset: 'public_chat' });
  const roomId = await tools.room(alice, withJoinRule({ join_rule: 'restricted', allow: membersOf(allowed) }));
  await joinRoom(peer, { roomId: allowed, userId: mallory });
  const join = proposed(peer, premise(await makeJoin(peer, { roomId, userId: mallory })));
  const taken = premise(await sendJoin(peer, roomId, join));
  const keys = premise(await tools.request('GET', serverKeyPath));
  const refused = await makeJoin(peer, { roomId, userId: trent });
  const isSigned = isVouchedFor(redacted(objectAt(taken.json, ['event'])), keys.json);
  return [
    ...expectThat(taken, isSigned, {
      code: 'not-vouched-for',
      title: 'Der Homeserver, der für einen eingeschränkten Beitritt bürgt, unterschreibt ihn nicht',
      expected: 'das Ereignis mit gültiger Unterschrift des bürgenden Homeservers',
      observed: 'sie fehlt oder passt nicht',
    }),
    ...expectRefused(refused, {
      code: 'not-allowed-let-in',
      title: 'Wer in keinem der verlangten Räume ist, darf über einen anderen Homeserver beitreten',
    }),
  ];
}
