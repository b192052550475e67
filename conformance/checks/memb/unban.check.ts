import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import {
  expectMembership,
  inviteTemplate,
  membershipAs,
  membershipSteps,
  membershipTemplate,
  unbanTemplate,
} from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowing, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';

// A lifted ban leaves no trace: the person is out, can be invited and can come back.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidunban
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.unban',
    title: 'Eine aufgehobene Verbannung erlaubt Einladung und Rückkehr',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3roomsroomidunban'),
  },
  counterexamples: [
    {
      title: 'Jedes Mitglied darf die Verbannung aufheben',
      defect: { when: { path: unbanTemplate }, alter: onlyNth(1, allowing) },
      expectFinding: 'unbanned-without-right',
    },
    {
      title: 'Auch wer darf, kann die Verbannung nicht aufheben',
      defect: { when: { path: unbanTemplate }, alter: onlyNth(2, forbidding) },
      expectFinding: 'unban-refused',
    },
    {
      title: 'Die Person bleibt verbannt',
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'ban') },
      expectFinding: 'still-banned',
    },
    {
      title: 'Die Person kann nicht wieder eingeladen werden',
      defect: { when: { path: inviteTemplate }, alter: onlyNth(3, forbidding) },
      expectFinding: 'return-refused',
    },
  ],
  async run(tools) {
    const { ban, unban, invite, join } = membershipSteps(tools.request);
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    await tools.join(roomId, alice, bob);
    await tools.join(roomId, alice, carol);
    premise(await ban(alice, roomId, bob));
    const powerless = await unban(carol, roomId, bob);
    const lifted = await unban(alice, roomId, bob);
    const member = await membershipAs(tools, alice, { roomId, whom: bob, wanted: 'leave' });
    const back = [await invite(alice, roomId, bob), await join(bob, roomId)];
    return outcomeOf(
      [
        ...expectForbidden(powerless, {
          code: 'unbanned-without-right',
          title: 'Ein Mitglied ohne Rechte kann eine Verbannung aufheben',
        }),
        ...expectAllowed(lifted, {
          code: 'unban-refused',
          title: 'Wer das Recht hat, kann eine Verbannung nicht aufheben',
        }),
        ...expectMembership(member, 'leave', {
          code: 'still-banned',
          title: 'Nach dem Aufheben der Verbannung gilt die Person nicht als gegangen',
        }),
        ...back.flatMap((answer) =>
          expectAllowed(answer, {
            code: 'return-refused',
            title: 'Nach dem Aufheben der Verbannung kommt die Person nicht zurück',
          }),
        ),
      ],
      'Ohne Recht 403; aufgehoben, eingeladen, zurück',
    );
  },
});
