import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { membersOf, withJoinRule } from '../../lib/join-rules.ts';
import { joinTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowingInto, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';

// A room may open itself to the members of another one, and to nobody else but those invited.
// https://spec.matrix.org/v1.19/client-server-api/#restricted-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.restricted-join',
    title: 'Ein Raum, der Mitgliedern eines anderen offensteht, lässt genau diese und Eingeladene ein',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('restricted-rooms'),
  },
  counterexamples: [
    {
      title: 'Jeder kommt hinein',
      defect: { when: { path: joinTemplate }, alter: onlyNth(1, allowingInto) },
      expectFinding: 'stranger-joined',
    },
    {
      title: 'Mitglieder des anderen Raums kommen nicht hinein',
      defect: { when: { path: joinTemplate }, alter: onlyNth(3, forbidding) },
      expectFinding: 'member-refused',
    },
    {
      title: 'Wer den anderen Raum verlassen hat, kommt noch hinein',
      defect: { when: { path: joinTemplate }, alter: onlyNth(4, allowingInto) },
      expectFinding: 'departed-joined',
    },
    {
      title: 'Eingeladene kommen nicht hinein',
      defect: { when: { path: joinTemplate }, alter: onlyNth(5, forbidding) },
      expectFinding: 'invited-refused',
    },
  ],
  async run({ request, user, room }) {
    const { join, leave, invite } = membershipSteps(request);
    const [alice, bob] = [await user('alice'), await user('bob')];
    const other = await room(alice, { preset: 'public_chat' });
    const roomId = await room(alice, withJoinRule({ join_rule: 'restricted', allow: membersOf(other) }));
    const stranger = await join(bob, roomId);
    premise(await join(bob, other));
    const member = await join(bob, roomId);
    premise(await leave(bob, roomId));
    premise(await leave(bob, other));
    const departed = await join(bob, roomId);
    premise(await invite(alice, roomId, bob));
    const invited = await join(bob, roomId);
    return outcomeOf(
      [
        ...expectForbidden(stranger, {
          code: 'stranger-joined',
          title: 'Auch wer im anderen Raum nicht ist, kommt hinein',
        }),
        ...expectAllowed(member, { code: 'member-refused', title: 'Mitglieder des anderen Raums kommen nicht hinein' }),
        ...expectForbidden(departed, {
          code: 'departed-joined',
          title: 'Wer den anderen Raum verlassen hat, kommt noch hinein',
        }),
        ...expectAllowed(invited, { code: 'invited-refused', title: 'Eingeladene kommen nicht hinein' }),
      ],
      'Fremde und Gegangene 403, Mitglieder des anderen Raums und Eingeladene 200',
    );
  },
});
