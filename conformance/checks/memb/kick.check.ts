import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { type Expulsion, expel, expulsionCounterexamples, expulsionFindings } from '../../lib/expulsion.ts';
import { kickTemplate, membershipSteps } from '../../lib/membership.ts';
import { allowing, expectForbidden } from '../../lib/refusals.ts';

const kicking: Expulsion = {
  way: 'kick',
  membership: 'leave',
  verb: 'hinauswerfen',
  deed: 'Hinauswerfens',
  codes: { withoutRight: 'kicked-without-right', refused: 'kick-refused', stays: 'still-member' },
};

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
    ...expulsionCounterexamples(kicking),
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
    const kicked = await expel(tools, kicking, { roomId, host: alice, member: bob });
    const absent = [await kick(alice, roomId, bob), await kick(alice, roomId, carol)];
    return outcomeOf(
      [
        ...expulsionFindings(kicking, kicked),
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
