import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { type Expulsion, expel, expulsionCounterexamples, expulsionFindings } from '../../lib/expulsion.ts';
import { inviteTemplate, joinTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowing, allowingInto, expectForbidden } from '../../lib/refusals.ts';

const banning: Expulsion = {
  way: 'ban',
  membership: 'ban',
  verb: 'verbannen',
  deed: 'Verbannens',
  codes: { withoutRight: 'banned-without-right', refused: 'ban-refused', stays: 'not-banned' },
};

// Whoever is banned is out and stays out, also of a room open to all, also on invitation.
// https://spec.matrix.org/v1.19/client-server-api/#banning-users-in-a-room
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.ban',
    title: 'Wer verbannt ist, ist draußen und kommt nicht wieder hinein',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('banning-users-in-a-room'),
  },
  counterexamples: [
    ...expulsionCounterexamples(banning),
    {
      title: 'Die verbannte Person tritt wieder bei',
      defect: { when: { path: joinTemplate }, alter: onlyNth(2, allowingInto) },
      expectFinding: 'came-back',
    },
    {
      title: 'Die verbannte Person wird wieder eingeladen',
      defect: { when: { path: inviteTemplate }, alter: allowing },
      expectFinding: 'invited-again',
    },
  ],
  async run(tools) {
    const { join, invite } = membershipSteps(tools.request);
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice, { preset: 'public_chat' });
    premise(await join(bob, roomId));
    const banned = await expel(tools, banning, { roomId, host: alice, member: bob });
    const back = await join(bob, roomId);
    const invited = await invite(alice, roomId, bob);
    return outcomeOf(
      [
        ...expulsionFindings(banning, banned),
        ...expectForbidden(back, { code: 'came-back', title: 'Eine verbannte Person kann wieder beitreten' }),
        ...expectForbidden(invited, { code: 'invited-again', title: 'Eine verbannte Person kann eingeladen werden' }),
      ],
      'Ohne Recht 403; verbannt mit Begründung; Beitritt und Einladung danach 403',
    );
  },
});
