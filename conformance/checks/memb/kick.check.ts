import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, type Findings } from '../../lib/match.ts';
import {
  expectMembership,
  kickTemplate,
  membershipAs,
  membershipSteps,
  membershipTemplate,
} from '../../lib/membership.ts';
import { allowing, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';

// Only who has the level may put somebody out, and only somebody who is in.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidkick
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.kick',
    title: 'Hinauswerfen kann nur, wer darf, und nur Anwesende',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3roomsroomidkick'),
  },
  counterexamples: [
    {
      title: 'Jedes Mitglied darf hinauswerfen',
      defect: { when: { path: kickTemplate }, alter: onlyNth(1, allowing) },
      expectFinding: 'kicked-without-right',
    },
    {
      title: 'Auch wer darf, kann niemanden hinauswerfen',
      defect: { when: { path: kickTemplate }, alter: onlyNth(2, forbidding) },
      expectFinding: 'kick-refused',
    },
    {
      title: 'Die hinausgeworfene Person bleibt Mitglied',
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'join') },
      expectFinding: 'still-member',
    },
    {
      title: 'Die Begründung geht verloren',
      defect: { when: { path: membershipTemplate }, alter: setting(['reason'], 'anders') },
      expectFinding: 'reason-lost',
    },
    {
      title: 'Wer schon draußen ist, wird noch einmal hinausgeworfen',
      defect: { when: { path: kickTemplate }, alter: onlyNth(3, allowing) },
      expectFinding: 'absent-kicked',
    },
  ],
  async run(tools) {
    const { kick } = membershipSteps(tools.request);
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    await tools.join(roomId, alice, bob);
    const reason = `Grund ${tools.random.word(8)}`;
    const powerless = await kick(bob, roomId, alice);
    const kicked = await kick(alice, roomId, bob, reason);
    const member = await membershipAs(tools, alice, { roomId, whom: bob, wanted: 'leave' });
    const absent = [await kick(alice, roomId, bob), await kick(alice, roomId, carol)];
    return outcomeOf(
      [
        ...expectForbidden(powerless, {
          code: 'kicked-without-right',
          title: 'Ein Mitglied ohne Rechte kann hinauswerfen',
        }),
        ...expectAllowed(kicked, { code: 'kick-refused', title: 'Wer das Recht hat, kann nicht hinauswerfen' }),
        ...memberFindings(member, reason),
        ...absent.flatMap((answer) =>
          expectForbidden(answer, {
            code: 'absent-kicked',
            title: 'Wer nicht im Raum ist, kann hinausgeworfen werden',
          }),
        ),
      ],
      'Ohne Recht 403, mit Recht 200 samt Begründung; Abwesende 403',
    );
  },
});

const memberFindings = (member: Answer, reason: string): Findings => [
  ...expectMembership(member, 'leave', {
    code: 'still-member',
    title: 'Nach dem Hinauswerfen gilt die Person als Mitglied',
  }),
  ...expectEqual(
    member,
    { wanted: reason, got: stringAt(member.json, ['reason']) },
    { code: 'reason-lost', title: 'Die Begründung des Hinauswerfens fehlt' },
  ),
];
