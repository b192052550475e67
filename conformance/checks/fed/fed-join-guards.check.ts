import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { expectRefused } from '../../lib/refusals.ts';
import { serverClause } from '../../lib/server-api.ts';
import { getState, setState, stateKeyTemplate } from '../../lib/state-requests.ts';
import { probeType, type Tools } from '../../lib/tools.ts';
import { joinRoom, makeJoin, makeJoinPath, sendJoin, sendJoinPath } from '../../peer/join-room.ts';
import { makeKnock, sendKnock, sendKnockPath } from '../../peer/knock.ts';
import { makeLeave, sendLeave, sendLeavePath } from '../../peer/leave-room.ts';
import type { Pdu } from '../../peer/pdu.ts';
import { openPeer, type Peer } from '../../peer/peer.ts';
import type { Room } from '../../peer/room.ts';
import { takeIn } from '../../peer/take-in.ts';

const taken = (path: string, nth: number, json: unknown) => ({
  when: { path },
  alter: onlyNth(nth, answering(200, json)),
});
const joined = { state: [], auth_chain: [], origin: 'altered', event: {}, members_omitted: false };

// Each of the three ways takes one kind of event only, and only from the person it is about.
// https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv2send_joinroomideventid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-join-guards',
    title:
      'Über die Wege für Beitritt, Austritt und Anklopfen nimmt der Server nichts anderes und nur von der Person an',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('put_matrixfederationv2send_joinroomideventid'),
  },
  variant: 'federated',
  counterexamples: [
    // The first answer is that of the join which everything rests on.
    {
      title: 'Über den Weg für Beitritte kommt ein anderes Ereignis herein',
      defect: taken(sendJoinPath, 2, joined),
      expectFinding: 'other-kind-taken',
    },
    {
      title: 'Über den Weg für Austritte kommt ein Beitritt herein',
      defect: taken(sendLeavePath, 2, {}),
      expectFinding: 'other-kind-taken',
    },
    {
      title: 'Ein Homeserver bringt den Beitritt einer Person eines anderen',
      defect: taken(sendJoinPath, 5, joined),
      expectFinding: 'other-person-taken',
    },
    {
      title: 'Über den Weg für Austritte wird jemand entfernt',
      defect: taken(sendLeavePath, 3, {}),
      expectFinding: 'other-person-taken',
    },
    {
      title: 'Ein Homeserver bekommt die Vorlage für den Beitritt einer hiesigen Person',
      defect: taken(makeJoinPath, 2, { room_version: '12', event: {} }),
      expectFinding: 'template-for-others',
    },
    {
      title: 'Eine abgewiesene Person steht trotzdem im Raum',
      defect: { when: { path: stateKeyTemplate }, alter: onlyNth(2, answering(200, { membership: 'join' })) },
      expectFinding: 'room-changed',
    },
    {
      title: 'Auch richtiges Anklopfen wird abgewiesen',
      defect: {
        when: { path: sendKnockPath },
        alter: onlyNth(5, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })),
      },
      expectFinding: 'right-refused',
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const [peer, stranger] = [await openPeer(tools), await openPeer(tools)];
    const scene = await staged(tools, alice, peer, stranger);
    const findings = [
      ...(await templates(scene)),
      ...(await joins(scene)),
      ...(await leaves(scene)),
      ...(await knocks(tools, scene)),
      ...(await unchanged(tools, scene)),
    ];
    return outcomeOf(findings, 'Elf unpassende Ereignisse abgewiesen, das richtige Anklopfen angenommen');
  },
});

interface Scene {
  readonly alice: Session;
  readonly peer: Peer;
  readonly stranger: Peer;
  readonly room: Room;
  /** May do everything in the room, so that nothing is refused for want of a right. */
  readonly mallory: string;
  readonly trent: string;
  readonly eve: string;
}

async function staged(tools: Tools, alice: Session, peer: Peer, stranger: Peer): Promise<Scene> {
  const [mallory, trent] = [peer.userId('mallory'), peer.userId('trent')];
  const roomId = await tools.room(alice, {
    preset: 'public_chat',
    room_version: '12',
    power_level_content_override: { users: { [mallory]: 100 } },
  });
  const room = await joinRoom(peer, { roomId, userId: mallory });
  return { alice, peer, stranger, room, mallory, trent, eve: stranger.userId('eve') };
}

const member = (by: Peer, room: Room, sender: string, membership: string, stateKey = sender): Pdu =>
  by.sealed(room, { type: 'm.room.member', stateKey, sender, content: { membership } });

const topic = ({ peer, room, mallory }: Scene): Pdu =>
  peer.sealed(room, { type: probeType, stateKey: '', sender: mallory, content: { probe: 'fremd' } });

const otherKind = (answers: readonly Answer[]): Findings =>
  answers.flatMap((answer) =>
    expectRefused(answer, {
      code: 'other-kind-taken',
      title: 'Über den Weg für eine Art der Mitgliedschaft wird ein anderes Ereignis angenommen',
    }),
  );

const otherPerson = (answers: readonly Answer[]): Findings =>
  answers.flatMap((answer) =>
    expectRefused(answer, {
      code: 'other-person-taken',
      title: 'Eine Mitgliedschaft wird angenommen, die nicht die Person selbst über ihren Homeserver ändert',
    }),
  );

async function templates({ peer, room: { roomId }, alice: { userId } }: Scene): Promise<Findings> {
  const answers = [await makeJoin(peer, { roomId, userId }), await makeLeave(peer, { roomId, userId })];
  return answers.flatMap((answer) =>
    expectRefused(answer, {
      code: 'template-for-others',
      title: 'Ein Homeserver bekommt die Vorlage für die Mitgliedschaft einer Person, die nicht bei ihm ist',
    }),
  );
}

async function joins(scene: Scene): Promise<Findings> {
  const { peer, stranger, room, mallory, trent, eve } = scene;
  const hand = (pdu: Pdu) => sendJoin(peer, room.roomId, pdu);
  const noMembership = await hand(topic(scene));
  const leave = await hand(member(peer, room, mallory, 'leave'));
  const forAnother = await hand(member(peer, room, mallory, 'join', trent));
  const ofStranger = await hand(member(stranger, room, eve, 'join'));
  return [...otherKind([noMembership, leave]), ...otherPerson([forAnother, ofStranger])];
}

async function leaves(scene: Scene): Promise<Findings> {
  const { peer, room, mallory, trent, alice } = scene;
  const hand = (pdu: Pdu) => sendLeave(peer, room.roomId, pdu);
  const noMembership = await hand(topic(scene));
  const join = await hand(member(peer, room, trent, 'join'));
  const kick = await hand(member(peer, room, mallory, 'leave', alice.userId));
  return [...otherKind([noMembership, join]), ...otherPerson([kick])];
}

async function knocks({ request }: Tools, scene: Scene): Promise<Findings> {
  const { peer, stranger, room, mallory, trent, eve, alice } = scene;
  const { roomId } = room;
  const hand = (pdu: Pdu) => sendKnock(peer, roomId, pdu);
  const rule = { join_rule: 'knock' };
  premise(await setState(request, alice, { roomId, eventType: 'm.room.join_rules', stateKey: '' }, rule));
  await takeIn(peer, room, 'm.room.join_rules', ({ json }) => stringAt(json, ['content', 'join_rule']) === 'knock');
  const noMembership = await hand(topic(scene));
  const leave = await hand(member(peer, room, mallory, 'leave'));
  const forAnother = await hand(member(peer, room, mallory, 'knock', trent));
  const ofStranger = await hand(member(stranger, room, eve, 'knock'));
  await makeKnock(peer, { roomId, userId: trent });
  const right = await hand(member(peer, room, trent, 'knock'));
  return [
    ...otherKind([noMembership, leave]),
    ...otherPerson([forAnother, ofStranger]),
    ...expectStatus(right, 200, { code: 'right-refused', title: 'Richtiges Anklopfen wird nicht angenommen' }),
  ];
}

async function unchanged({ request }: Tools, { alice, room, mallory, trent, eve }: Scene): Promise<Findings> {
  const { roomId } = room;
  const findings: Findings[] = [];
  const wanted = [
    [mallory, 'join'],
    [eve, undefined],
    [alice.userId, 'join'],
    [trent, 'knock'],
  ] as const;
  for (const [stateKey, membership] of wanted) {
    const answer = await getState(request, alice, { roomId, eventType: 'm.room.member', stateKey });
    const got = stringAt(answer.json, ['membership']);
    findings.push(
      expectEqual(
        answer,
        { wanted: membership, got },
        {
          code: 'room-changed',
          title: 'Ein abgewiesenes Ereignis eines anderen Homeservers wirkt trotzdem im Raum',
        },
      ),
    );
  }
  const probe = await getState(request, alice, { roomId, eventType: probeType, stateKey: '' });
  findings.push(
    expectStatus(probe, 404, {
      code: 'room-changed',
      title: 'Ein abgewiesenes Ereignis eines anderen Homeservers wirkt trotzdem im Raum',
    }),
  );
  return findings.flat();
}
