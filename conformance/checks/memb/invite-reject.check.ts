import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { objectAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import {
  expectMembership,
  leaveTemplate,
  membershipAs,
  membershipSteps,
  membershipTemplate,
} from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { expectAllowed, forbidding } from '../../lib/refusals.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { showingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomsOnly } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

// An invitation can be turned down, even when nobody is left who sent it.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidleave
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.invite-reject',
    title: 'Eine Einladung lässt sich ablehnen, auch wenn der Raum inzwischen leer ist',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3roomsroomidleave'),
  },
  counterexamples: [
    {
      title: 'Die Ablehnung wird verweigert',
      defect: { when: { path: leaveTemplate }, alter: onlyNth(1, forbidding) },
      expectFinding: 'rejection-refused',
    },
    {
      title: 'Im Raum gilt die Einladung weiter',
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'invite') },
      expectFinding: 'still-invited',
    },
    {
      title: 'Die abgelehnte Einladung wird weiter angezeigt',
      defect: showingRooms('invite', { invite_state: { events: [] } }),
      expectFinding: 'still-shown',
    },
    {
      title: 'Die Einladung in den leeren Raum wird man nicht los',
      defect: { when: { path: leaveTemplate }, alter: onlyNth(3, forbidding) },
      expectFinding: 'empty-room-refused',
    },
  ],
  async run(tools) {
    const { request, user, room } = tools;
    const { invite, leave } = membershipSteps(request);
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, { preset: 'private_chat' });
    premise(await invite(alice, roomId, bob));
    const rejected = await leave(bob, roomId);
    const member = await membershipAs(tools, alice, { roomId, whom: bob, wanted: 'leave' });
    const emptied = await room(alice, { preset: 'private_chat' });
    premise(await invite(alice, emptied, bob));
    premise(await leave(alice, emptied));
    const fromEmpty = await leave(bob, emptied);
    const sync = await syncWithout(tools, bob, [roomId, emptied]);
    return outcomeOf(
      [
        ...expectAllowed(rejected, { code: 'rejection-refused', title: 'Eine Einladung lässt sich nicht ablehnen' }),
        ...expectMembership(member, 'leave', {
          code: 'still-invited',
          title: 'Nach der Ablehnung gilt die Einladung weiter',
        }),
        ...expectAllowed(fromEmpty, {
          code: 'empty-room-refused',
          title: 'Die Einladung in einen leeren Raum lässt sich nicht ablehnen',
        }),
        ...expectThat(sync, !shows(sync.json, [roomId, emptied]), {
          code: 'still-shown',
          title: 'Eine abgelehnte Einladung wird weiter angezeigt',
          expected: 'keine der abgelehnten Einladungen',
          observed: 'mindestens eine steht noch da',
        }),
      ],
      'Beide Einladungen abgelehnt und nicht mehr angezeigt',
    );
  },
});

const syncWithout = (tools: Tools, session: Session, roomIds: readonly string[]): Promise<Answer> =>
  syncedTo(tools, session, { query: inlineFilter(roomsOnly), until: (json) => !shows(json, roomIds) });

const shows = (sync: unknown, roomIds: readonly string[]): boolean =>
  roomIds.some((roomId) => Object.hasOwn(objectAt(sync, ['rooms', 'invite']), roomId));
