import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import {
  banTemplate,
  expectMembership,
  membershipAs,
  membershipSteps,
  membershipTemplate,
} from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowing, expectForbidden } from '../../lib/refusals.ts';
import { changeLevels } from '../../lib/state-requests.ts';

// A level counts only inside the room: whoever never was in it or has left cannot ban anybody.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidban
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.ban-absent-sender',
    title: 'Wer nicht im Raum ist, kann dort niemanden verbannen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3roomsroomidban'),
  },
  counterexamples: [
    {
      title: 'Eine fremde Person verbannt ein Mitglied',
      defect: { when: { path: banTemplate }, alter: onlyNth(1, allowing) },
      expectFinding: 'stranger-bans',
    },
    {
      title: 'Wer das Recht hatte und gegangen ist, verbannt weiter',
      defect: { when: { path: banTemplate }, alter: onlyNth(2, allowing) },
      expectFinding: 'departed-bans',
    },
    {
      title: 'Trotz der Ablehnung ist das Mitglied verbannt',
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'ban') },
      expectFinding: 'member-banned',
    },
  ],
  async run(tools) {
    const { ban, leave } = membershipSteps(tools.request);
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    await tools.join(roomId, alice, bob);
    const stranger = await ban(carol, roomId, bob);
    await tools.join(roomId, alice, carol);
    premise(await changeLevels(tools.request, alice, roomId, { ban: 0, users_default: 0, users: {} }));
    premise(await leave(carol, roomId));
    const departed = await ban(carol, roomId, bob);
    const member = await membershipAs(tools, alice, { roomId, whom: bob, wanted: 'join' });
    return outcomeOf(
      [
        ...expectForbidden(stranger, { code: 'stranger-bans', title: 'Eine fremde Person kann Mitglieder verbannen' }),
        ...expectForbidden(departed, {
          code: 'departed-bans',
          title: 'Wer den Raum verlassen hat, kann Mitglieder verbannen',
        }),
        ...expectMembership(member, 'join', {
          code: 'member-banned',
          title: 'Trotz der Ablehnung ist das Mitglied nicht mehr im Raum',
        }),
      ],
      'Fremde und gegangene Person: 403, das Mitglied bleibt',
    );
  },
});
