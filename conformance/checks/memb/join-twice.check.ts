import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import {
  expectMembership,
  joinTemplate,
  membershipAs,
  membershipSteps,
  membershipTemplate,
} from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { expectAllowed, forbidding } from '../../lib/refusals.ts';

// A client that joins again, say after a broken connection, is told that it is in.
// https://spec.matrix.org/v1.19/client-server-api/#joining-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.join-twice',
    title: 'Ein wiederholter Beitritt gelingt und ändert nichts',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('joining-rooms'),
  },
  counterexamples: [
    {
      title: 'Der zweite Beitritt wird abgelehnt',
      defect: { when: { path: joinTemplate }, alter: onlyNth(2, forbidding) },
      expectFinding: 'second-refused',
    },
    {
      title: 'Der zweite Beitritt nennt einen anderen Raum',
      defect: { when: { path: joinTemplate }, alter: onlyNth(2, setting(['room_id'], '!anderer:example.org')) },
      expectFinding: 'other-room',
    },
    {
      title: 'Der zweite Beitritt beendet die Mitgliedschaft',
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'leave') },
      expectFinding: 'membership-lost',
    },
  ],
  async run(tools) {
    const { request, user, room } = tools;
    const { join } = membershipSteps(request);
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, { preset: 'public_chat' });
    premise(await join(bob, roomId));
    const second = await join(bob, roomId);
    const member = await membershipAs(tools, alice, { roomId, whom: bob, wanted: 'join' });
    return outcomeOf(
      [
        ...expectAllowed(second, { code: 'second-refused', title: 'Ein wiederholter Beitritt wird abgelehnt' }),
        ...expectEqual(
          second,
          { wanted: roomId, got: stringAt(second.json, ['room_id']) },
          { code: 'other-room', title: 'Ein wiederholter Beitritt nennt nicht den Raum, um den es ging' },
        ),
        ...expectMembership(member, 'join', {
          code: 'membership-lost',
          title: 'Ein wiederholter Beitritt beendet die Mitgliedschaft',
        }),
      ],
      'Zweiter Beitritt 200 mit demselben Raum, weiter Mitglied',
    );
  },
});
