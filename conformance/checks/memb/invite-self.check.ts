import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { inviteTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowing, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';

// Whoever is in already cannot be invited, oneself included.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidinvite
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.invite-self',
    title: 'Mitglieder eines Raums, auch man selbst, lassen sich nicht noch einmal einladen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3roomsroomidinvite'),
  },
  counterexamples: [
    {
      title: 'Die eigene Einladung wird angenommen',
      defect: { when: { path: inviteTemplate }, alter: onlyNth(1, allowing) },
      expectFinding: 'self-invited',
    },
    {
      title: 'Die Einladung eines Mitglieds wird angenommen',
      defect: { when: { path: inviteTemplate }, alter: onlyNth(2, allowing) },
      expectFinding: 'member-invited',
    },
    {
      title: 'Niemand kann eingeladen werden',
      defect: { when: { path: inviteTemplate }, alter: forbidding },
      expectFinding: 'stranger-refused',
    },
  ],
  async run({ request, user, room }) {
    const { invite, join } = membershipSteps(request);
    const [alice, bob, carol] = [await user('alice'), await user('bob'), await user('carol')];
    const roomId = await room(alice, { preset: 'public_chat' });
    premise(await join(bob, roomId));
    const self = await invite(alice, roomId, alice);
    const member = await invite(alice, roomId, bob);
    const stranger = await invite(alice, roomId, carol);
    return outcomeOf(
      [
        ...expectForbidden(self, { code: 'self-invited', title: 'Man kann sich selbst einladen' }),
        ...expectForbidden(member, {
          code: 'member-invited',
          title: 'Ein Mitglied kann noch einmal eingeladen werden',
        }),
        // Without this the refusals above would prove nothing.
        ...expectAllowed(stranger, {
          code: 'stranger-refused',
          title: 'Eine fremde Person kann nicht eingeladen werden',
        }),
      ],
      'Sich selbst und Mitglieder: 403, eine fremde Person: 200',
    );
  },
});
