import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { membersOf, withJoinRule } from '../../lib/join-rules.ts';
import { joinTemplate, knockTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowingInto, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';

// One rule can let members of another room in and everybody else knock.
// https://spec.matrix.org/v1.19/client-server-api/#knocking-on-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.knock-restricted',
    title: 'Ein Raum kann Mitglieder eines anderen einlassen und alle übrigen anklopfen lassen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('restricted-rooms'),
  },
  counterexamples: [
    {
      title: 'Auch Fremde treten einfach bei',
      defect: { when: { path: joinTemplate }, alter: onlyNth(1, allowingInto) },
      expectFinding: 'stranger-joined',
    },
    {
      title: 'Fremde können nicht anklopfen',
      defect: { when: { path: knockTemplate }, alter: forbidding },
      expectFinding: 'knock-refused',
    },
    {
      title: 'Mitglieder des anderen Raums kommen nicht hinein',
      defect: { when: { path: joinTemplate }, alter: onlyNth(3, forbidding) },
      expectFinding: 'member-refused',
    },
  ],
  async run({ request, user, room }) {
    const { join, knock } = membershipSteps(request);
    const [alice, bob, carol] = [await user('alice'), await user('bob'), await user('carol')];
    const other = await room(alice, { preset: 'public_chat' });
    const roomId = await room(alice, withJoinRule({ join_rule: 'knock_restricted', allow: membersOf(other) }));
    const stranger = await join(carol, roomId);
    const knocked = await knock(carol, roomId);
    premise(await join(bob, other));
    const member = await join(bob, roomId);
    return outcomeOf(
      [
        ...expectForbidden(stranger, {
          code: 'stranger-joined',
          title: 'Fremde treten bei, ohne eingelassen zu werden',
        }),
        ...expectAllowed(knocked, { code: 'knock-refused', title: 'Fremde können nicht anklopfen' }),
        ...expectAllowed(member, { code: 'member-refused', title: 'Mitglieder des anderen Raums kommen nicht hinein' }),
      ],
      'Mitglied des anderen Raums: Beitritt; Fremde: nur Anklopfen',
    );
  },
});
