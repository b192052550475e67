import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { withJoinRule } from '../../lib/join-rules.ts';
import { knockTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowingInto, expectForbidden } from '../../lib/refusals.ts';

// Whoever is invited, in or banned has nothing to knock for.
// https://spec.matrix.org/v1.19/client-server-api/#knocking-on-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.knock-denied',
    title: 'Wer eingeladen, Mitglied oder verbannt ist, kann nicht anklopfen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('knocking-on-rooms'),
  },
  counterexamples: [
    {
      title: 'Eingeladene können anklopfen',
      defect: { when: { path: knockTemplate }, alter: onlyNth(1, allowingInto) },
      expectFinding: 'invited-knocks',
    },
    {
      title: 'Mitglieder können anklopfen',
      defect: { when: { path: knockTemplate }, alter: onlyNth(2, allowingInto) },
      expectFinding: 'member-knocks',
    },
    {
      title: 'Verbannte können anklopfen',
      defect: { when: { path: knockTemplate }, alter: onlyNth(3, allowingInto) },
      expectFinding: 'banned-knocks',
    },
  ],
  async run({ request, user, room }) {
    const { knock, invite, join, ban } = membershipSteps(request);
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, withJoinRule({ join_rule: 'knock' }));
    premise(await invite(alice, roomId, bob));
    const invited = await knock(bob, roomId);
    premise(await join(bob, roomId));
    const member = await knock(bob, roomId);
    premise(await ban(alice, roomId, bob));
    const banned = await knock(bob, roomId);
    return outcomeOf(
      [
        ...expectForbidden(invited, { code: 'invited-knocks', title: 'Eingeladene können anklopfen' }),
        ...expectForbidden(member, { code: 'member-knocks', title: 'Mitglieder können anklopfen' }),
        ...expectForbidden(banned, { code: 'banned-knocks', title: 'Verbannte können anklopfen' }),
      ],
      'Eingeladen, Mitglied, verbannt: je 403',
    );
  },
});
