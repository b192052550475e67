import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { losing } from '../../lib/arrival-defect.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, removing, setting } from '../../lib/defect.ts';
import { serverKeyPath } from '../../lib/federation.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { inviteTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { expectRefused } from '../../lib/refusals.ts';
import { eventIdsOf } from '../../lib/room-events.ts';
import { serverClause } from '../../lib/server-api.ts';
import { isVouchedFor } from '../../lib/server-keys.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { arrivalMs, syncStart } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';
import { hostRoom } from '../../peer/host-room.ts';
import { invitation, invitePath, oldInvitePath, sendInvite, sendOldInvite } from '../../peer/invite.ts';
import { wronglySigned } from '../../peer/misbehaviours.ts';
import { openPeer, type Peer } from '../../peer/peer.ts';
import { redacted } from '../../peer/redacted.ts';
import type { Room } from '../../peer/room.ts';

const refusedInvitation = (nth: number) => ({
  when: { path: invitePath },
  alter: onlyNth(nth, answering(200, { event: {} })),
});

// An invitation shows a room to somebody who is not in it: it must be from the one who seems to invite.
// https://spec.matrix.org/v1.19/server-server-api/#inviting-to-a-room
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-invite',
    title: 'Einladungen eines anderen Homeservers gelten nur mit dessen Unterschrift, und nur er nimmt sie zurück',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('inviting-to-a-room'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Eine falsch unterschriebene Einladung wird angenommen',
      defect: refusedInvitation(1),
      expectFinding: 'forged-taken',
    },
    {
      title: 'Ein unbeteiligter Homeserver bringt die Einladung',
      defect: refusedInvitation(2),
      expectFinding: 'stranger-taken',
    },
    {
      title: 'Eine Einladung für eine Person eines anderen Homeservers wird angenommen',
      defect: refusedInvitation(3),
      expectFinding: 'foreign-guest-taken',
    },
    {
      title: 'Die Einladung kommt ohne eigene Unterschrift zurück',
      defect: { when: { path: invitePath }, alter: removing(['event', 'signatures']) },
      expectFinding: 'not-countersigned',
    },
    {
      title: 'Die Einladung nach alter Art wird abgelehnt',
      defect: { when: { path: oldInvitePath }, alter: answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' }) },
      expectFinding: 'old-refused',
    },
    {
      title: 'Die Ablehnung erreicht den anderen Homeserver nicht',
      defect: losing(/\/send_leave\//),
      expectFinding: 'rejection-not-told',
    },
    {
      title: 'Die Rücknahme kommt nicht an',
      defect: { when: { path: syncTemplate }, alter: setting(['rooms', 'leave'], {}) },
      expectFinding: 'rescission-not-told',
    },
    {
      title: 'Eine Einladung gilt, obwohl der andere Homeserver sie abweist',
      defect: { when: { path: inviteTemplate }, alter: answering(200, {}) },
      expectFinding: 'refusal-ignored',
    },
  ],
  async run(tools) {
    const alice = await tools.device(await tools.account('alice'));
    const [peer, stranger] = [await openPeer(tools), await openPeer(tools)];
    const findings = [
      ...(await forgeries(tools, { peer, stranger, alice })),
      ...(await invitedAndRejecting(tools, peer, alice)),
      ...(await rescinding(tools, { peer, stranger, alice })),
      ...(await refusedByPeer(tools, peer, alice)),
    ];
    return outcomeOf(findings, 'Echte Einladungen kamen an und wurden gegengezeichnet, falsche wurden abgelehnt');
  },
});

interface People {
  readonly peer: Peer;
  readonly stranger: Peer;
  readonly alice: Session;
}

const hosted = ({ random }: Tools, peer: Peer, version: '11' | '12' = '12'): Room =>
  hostRoom(peer, { creator: peer.userId('mallory'), version, joinRule: 'invite' }, random.word(12));

async function forgeries(tools: Tools, { peer, stranger, alice }: People): Promise<Findings> {
  const room = hosted(tools, peer);
  const inviter = peer.userId('mallory');
  const right = invitation(peer, room, { inviter, guest: alice.userId });
  const forged = await sendInvite(peer, room, wronglySigned(right));
  const byStranger = await sendInvite(stranger, room, right);
  const guest = stranger.userId('eve');
  const foreign = await sendInvite(peer, room, invitation(peer, room, { inviter, guest }));
  return [
    ...expectRefused(forged, {
      code: 'forged-taken',
      title: 'Eine Einladung mit falscher Unterschrift wird angenommen',
    }),
    ...expectRefused(byStranger, {
      code: 'stranger-taken',
      title: 'Eine Einladung wird angenommen, die ein unbeteiligter Homeserver bringt',
    }),
    ...expectRefused(foreign, {
      code: 'foreign-guest-taken',
      title: 'Eine Einladung für eine Person eines anderen Homeservers wird angenommen',
    }),
  ];
}

async function invitedAndRejecting(tools: Tools, peer: Peer, alice: Session): Promise<Findings> {
  const { request } = tools;
  const room = hosted(tools, peer);
  const inviting = { inviter: peer.userId('mallory'), guest: alice.userId };
  const since = await syncStart(tools, alice);
  const taken = premise(await sendInvite(peer, room, invitation(peer, room, inviting)));
  const keys = premise(await request('GET', serverKeyPath));
  const countersigned = isVouchedFor(redacted(objectAt(taken.json, ['event'])), keys.json);
  const old = await sendOldInvite(peer, hosted(tools, peer, '11'), inviting, tools.now());
  const seen = await tools.waitForSync(alice, { since, until: isIn('invite', room), deadlineMs: arrivalMs });
  const left = premise(await membershipSteps(request).leave(alice, room.roomId));
  const told = await peer.server.waitFor(({ path }) => path.includes(`/send_leave/${room.roomId}/`));
  return [
    ...expectThat(taken, countersigned, {
      code: 'not-countersigned',
      title: 'Eine angenommene Einladung kommt ohne gültige eigene Unterschrift zurück',
      expected: 'die Unterschrift des Homeservers der eingeladenen Person',
      observed: 'sie fehlt oder passt nicht',
    }),
    ...expectStatus(old, 200, {
      code: 'old-refused',
      title: 'Eine Einladung in einen Raum der ersten Fassungen wird nicht angenommen',
    }),
    ...expectThat(seen.last, seen.reached, {
      code: 'invite-not-told',
      title: 'Eine angenommene Einladung wird der Person nicht angezeigt',
      expected: 'der Raum unter rooms.invite',
      observed: 'nicht darin',
    }),
    ...expectThat(left, stringAt(told?.json, ['content', 'membership']) === 'leave', {
      code: 'rejection-not-told',
      title: 'Der einladende Homeserver erfährt nicht, dass die Einladung abgelehnt wurde',
      expected: 'ein Austritt über send_leave',
      observed: told === undefined ? 'nichts' : 'etwas anderes',
    }),
  ];
}

async function rescinding(tools: Tools, { peer, stranger, alice }: People): Promise<Findings> {
  const room = hosted(tools, peer);
  const since = await syncStart(tools, alice);
  const inviting = { inviter: peer.userId('mallory'), guest: alice.userId };
  const invited = invitation(peer, room, inviting);
  premise(await sendInvite(peer, room, invited));
  room.add(invited);
  const shown = await tools.waitForSync(alice, { since, until: isIn('invite', room), deadlineMs: arrivalMs });
  const takingBack = (by: Peer, sender: string) =>
    by.sealed(room, { type: 'm.room.member', stateKey: alice.userId, sender, content: { membership: 'leave' } });
  await stranger.send({ pdus: [takingBack(stranger, stranger.userId('eve'))] });
  await stranger.send({ pdus: [takingBack(stranger, inviting.inviter)] });
  const right = takingBack(peer, inviting.inviter);
  await peer.send({ pdus: [right] });
  const gone = await tools.waitForSync(alice, {
    since: shown.nextBatch ?? '',
    until: isIn('leave', room),
    deadlineMs: arrivalMs,
  });
  const ended = arrayAt(gone.last.json, ['rooms', 'leave', room.roomId, 'timeline', 'events']);
  return [
    ...expectThat(gone.last, gone.reached, {
      code: 'rescission-not-told',
      title: 'Eine zurückgenommene Einladung bleibt bestehen',
      expected: 'der Raum unter rooms.leave',
      observed: 'nicht darin',
    }),
    ...expectEqual(
      gone.last,
      { wanted: [right.eventId], got: eventIdsOf(ended) },
      { code: 'rescinded-by-stranger', title: 'Ein unbeteiligter Homeserver kann eine Einladung zurücknehmen' },
    ),
  ];
}

async function refusedByPeer(tools: Tools, peer: Peer, alice: Session): Promise<Findings> {
  const roomId = await tools.room(alice);
  const userId = peer.userId('trent');
  using _refusing = peer.server.answering(({ path }) => path.includes(`/invite/${roomId}/`), {
    status: 403,
    json: { errcode: 'M_FORBIDDEN', error: 'no invitations' },
  });
  const answer = await membershipSteps(tools.request).invite(alice, roomId, { userId });
  return expectThat(answer, answer.status !== 200, {
    code: 'refusal-ignored',
    title: 'Eine Einladung gilt als zugestellt, obwohl der andere Homeserver sie abgewiesen hat',
    expected: 'eine Fehlermeldung',
    observed: 'Status 200',
  });
}

const isIn =
  (kind: 'invite' | 'leave', { roomId }: Room) =>
  (sync: unknown) =>
    valueAt(sync, ['rooms', kind, roomId]) !== undefined;
