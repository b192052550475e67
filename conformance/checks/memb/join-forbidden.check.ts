import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { expectStatus } from '../../lib/match.ts';
import { joinTemplate, membershipSteps, membershipTemplate } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowingInto, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';
import { getState } from '../../lib/state-requests.ts';

// Nobody gets into a room for invited people without an invitation.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidjoin
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.join-forbidden',
    title: 'In einen Raum auf Einladung kommt niemand ohne Einladung',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3roomsroomidjoin'),
  },
  counterexamples: [
    {
      title: 'Der Beitritt ohne Einladung gelingt',
      defect: { when: { path: joinTemplate }, alter: onlyNth(1, allowingInto) },
      expectFinding: 'uninvited-joined',
    },
    {
      title: 'Trotz der Ablehnung gilt die abgelehnte Person als Mitglied',
      defect: { when: { path: membershipTemplate }, alter: answering(200, { membership: 'join' }) },
      expectFinding: 'uninvited-member',
    },
    {
      title: 'Auch mit Einladung kommt niemand hinein',
      defect: { when: { path: joinTemplate }, alter: forbidding },
      expectFinding: 'invited-refused',
    },
  ],
  async run({ request, user, room }) {
    const { join, invite } = membershipSteps(request);
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, { preset: 'private_chat' });
    const uninvited = await join(bob, roomId);
    const member = await getState(request, alice, { roomId, eventType: 'm.room.member', stateKey: bob.userId });
    premise(await invite(alice, roomId, bob));
    const invited = await join(bob, roomId);
    return outcomeOf(
      [
        ...expectForbidden(uninvited, {
          code: 'uninvited-joined',
          title: 'Ohne Einladung wird der Beitritt nicht abgelehnt',
        }),
        ...expectStatus(member, 404, {
          code: 'uninvited-member',
          title: 'Nach dem abgelehnten Beitritt führt der Raum die Person',
        }),
        // Without this the refusal above would prove nothing.
        ...expectAllowed(invited, { code: 'invited-refused', title: 'Eingeladene kommen nicht in den Raum' }),
      ],
      'Ohne Einladung 403, mit Einladung 200',
    );
  },
});
