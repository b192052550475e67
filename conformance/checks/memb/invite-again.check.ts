import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { inviteTemplate, joinTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { expectAllowed, forbidding } from '../../lib/refusals.ts';

// Leaving is not for ever, not even for whoever made the room.
// https://spec.matrix.org/v1.19/client-server-api/#room-membership
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.invite-again',
    title: 'Wer einen Raum verlassen hat, kann wieder eingeladen werden, auch wer ihn angelegt hat',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-membership'),
  },
  counterexamples: [
    {
      title: 'Eine zweite Einladung wird verweigert',
      defect: { when: { path: inviteTemplate }, alter: onlyNth(2, forbidding) },
      expectFinding: 'second-invite-refused',
    },
    {
      title: 'Der zweite Beitritt wird verweigert',
      defect: { when: { path: joinTemplate }, alter: onlyNth(2, forbidding) },
      expectFinding: 'second-join-refused',
    },
    {
      title: 'Wer den Raum angelegt hat, kommt nicht mehr hinein',
      defect: { when: { path: joinTemplate }, alter: onlyNth(3, forbidding) },
      expectFinding: 'creator-refused',
    },
  ],
  async run({ request, user, room, join: bringIn }) {
    const { invite, join, leave } = membershipSteps(request);
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, { preset: 'private_chat' });
    await bringIn(roomId, alice, bob);
    premise(await leave(bob, roomId));
    const invited = await invite(alice, roomId, bob);
    const joined = await join(bob, roomId);
    premise(await leave(alice, roomId));
    const creator = [await invite(bob, roomId, alice), await join(alice, roomId)];
    return outcomeOf(
      [
        ...expectAllowed(invited, {
          code: 'second-invite-refused',
          title: 'Wer gegangen ist, kann nicht wieder eingeladen werden',
        }),
        ...expectAllowed(joined, {
          code: 'second-join-refused',
          title: 'Wer gegangen ist, kann auch auf Einladung nicht zurück',
        }),
        ...creator.flatMap((answer) =>
          expectAllowed(answer, {
            code: 'creator-refused',
            title: 'Wer den Raum angelegt und verlassen hat, kann nicht zurück',
          }),
        ),
      ],
      'Beide gingen, wurden wieder eingeladen und kamen zurück',
    );
  },
});
