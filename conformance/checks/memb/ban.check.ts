import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, type Findings } from '../../lib/match.ts';
import {
  banTemplate,
  expectMembership,
  inviteTemplate,
  joinTemplate,
  membershipAs,
  membershipSteps,
  membershipTemplate,
} from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowing, allowingInto, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';

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
    {
      title: 'Jedes Mitglied darf verbannen',
      defect: { when: { path: banTemplate }, alter: onlyNth(1, allowing) },
      expectFinding: 'banned-without-right',
    },
    {
      title: 'Auch wer darf, kann nicht verbannen',
      defect: { when: { path: banTemplate }, alter: onlyNth(2, forbidding) },
      expectFinding: 'ban-refused',
    },
    {
      title: 'Die verbannte Person bleibt im Raum',
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'join') },
      expectFinding: 'not-banned',
    },
    {
      title: 'Die Begründung geht verloren',
      defect: { when: { path: membershipTemplate }, alter: setting(['reason'], 'anders') },
      expectFinding: 'reason-lost',
    },
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
    const { ban, join, invite } = membershipSteps(tools.request);
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice, { preset: 'public_chat' });
    premise(await join(bob, roomId));
    const reason = `Grund ${tools.random.word(8)}`;
    const powerless = await ban(bob, roomId, alice);
    const banned = await ban(alice, roomId, bob, reason);
    const member = await membershipAs(tools, alice, { roomId, whom: bob, wanted: 'ban' });
    const back = await join(bob, roomId);
    const invited = await invite(alice, roomId, bob);
    return outcomeOf(
      [
        ...expectForbidden(powerless, {
          code: 'banned-without-right',
          title: 'Ein Mitglied ohne Rechte kann verbannen',
        }),
        ...expectAllowed(banned, { code: 'ban-refused', title: 'Wer das Recht hat, kann nicht verbannen' }),
        ...memberFindings(member, reason),
        ...expectForbidden(back, { code: 'came-back', title: 'Eine verbannte Person kann wieder beitreten' }),
        ...expectForbidden(invited, { code: 'invited-again', title: 'Eine verbannte Person kann eingeladen werden' }),
      ],
      'Ohne Recht 403; verbannt mit Begründung; Beitritt und Einladung danach 403',
    );
  },
});

const memberFindings = (member: Answer, reason: string): Findings => [
  ...expectMembership(member, 'ban', {
    code: 'not-banned',
    title: 'Nach dem Verbannen gilt die Person nicht als verbannt',
  }),
  ...expectEqual(
    member,
    { wanted: reason, got: stringAt(member.json, ['reason']) },
    { code: 'reason-lost', title: 'Die Begründung des Verbannens fehlt' },
  ),
];
