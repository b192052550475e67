import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { expectThat } from '../../lib/match.ts';
import { expectMembership, membershipAs, membershipTemplate, openRoom } from '../../lib/membership.ts';
import { expectRefused } from '../../lib/refusals.ts';
import { serverClause } from '../../lib/server-api.ts';
import { joinRoom, proposed } from '../../peer/join-room.ts';
import { makeLeave, sendLeave, sendLeavePath } from '../../peer/leave-room.ts';
import { unsigned, wronglySigned } from '../../peer/misbehaviours.ts';
import { openPeer } from '../../peer/peer.ts';

const taken = (nth: number) => ({ when: { path: sendLeavePath }, alter: onlyNth(nth, answering(200, {})) });

// Only a person's own homeserver says that the person leaves, and shows it with its signature.
// https://spec.matrix.org/v1.19/server-server-api/#leaving-rooms-rejecting-invites
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-leave',
    title: 'Der Austritt einer Person gilt nur, wenn ihr eigener Homeserver ihn unterschrieben hat',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('leaving-rooms-rejecting-invites'),
  },
  variant: 'federated',
  counterexamples: [
    { title: 'Ein Austritt ohne Unterschrift wird angenommen', defect: taken(1), expectFinding: 'forged-taken' },
    {
      title: 'Ein Austritt mit falscher Unterschrift wird angenommen',
      defect: taken(2),
      expectFinding: 'forged-taken',
    },
    {
      title: 'Ein fremder Homeserver bringt den Austritt',
      defect: taken(3),
      expectFinding: 'stranger-taken',
    },
    {
      title: 'Ein Homeserver erklärt den Austritt einer hiesigen Person',
      defect: taken(4),
      expectFinding: 'local-person-taken',
    },
    {
      title: 'Der Austritt kommt nicht an',
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'join') },
      expectFinding: 'leave-not-told',
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const [peer, stranger] = [await openPeer(tools), await openPeer(tools)];
    const roomId = await openRoom(tools, alice, bob);
    const mallory = peer.userId('mallory');
    const room = await joinRoom(peer, { roomId, userId: mallory });
    const leave = proposed(peer, await makeLeave(peer, { roomId, userId: mallory }));
    const ofBob = peer.sealed(room, {
      type: 'm.room.member',
      stateKey: bob.userId,
      sender: bob.userId,
      content: { membership: 'leave' },
    });
    const withoutSignature = await sendLeave(peer, roomId, unsigned(leave));
    const withWrongSignature = await sendLeave(peer, roomId, wronglySigned(leave));
    const byStranger = await sendLeave(stranger, roomId, leave);
    const forBob = await sendLeave(peer, roomId, ofBob);
    const still = await membershipAs(tools, alice, { roomId, whom: { userId: mallory }, wanted: 'join' });
    const right = await sendLeave(peer, roomId, leave);
    const left = await membershipAs(tools, alice, { roomId, whom: { userId: mallory }, wanted: 'leave' });
    const forged = { code: 'forged-taken', title: 'Ein Austritt ohne gültige Unterschrift wird angenommen' };
    return outcomeOf(
      [
        ...expectRefused(withoutSignature, forged),
        ...expectRefused(withWrongSignature, forged),
        ...expectRefused(byStranger, {
          code: 'stranger-taken',
          title: 'Ein Austritt wird angenommen, den ein unbeteiligter Homeserver bringt',
        }),
        ...expectRefused(forBob, {
          code: 'local-person-taken',
          title: 'Ein anderer Homeserver kann den Austritt einer hiesigen Person erklären',
        }),
        ...expectMembership(still, 'join', {
          code: 'gone-by-forgery',
          title: 'Nach gefälschten Austritten gilt die Person als gegangen',
        }),
        ...expectThat(right, right.status === 200, {
          code: 'right-refused',
          title: 'Der richtig unterschriebene Austritt wird nicht angenommen',
          expected: 'Status 200',
          observed: `Status ${right.status}`,
        }),
        ...expectMembership(left, 'leave', {
          code: 'leave-not-told',
          title: 'Wer über den anderen Homeserver gegangen ist, gilt weiter als Mitglied',
        }),
      ],
      'Vier falsche Austritte abgelehnt, der richtige angenommen',
    );
  },
});
