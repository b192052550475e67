import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
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
import type { SyncEnd } from '../../lib/sync.ts';
import { hidingRooms, showingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomsOnly } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/sync';
const deadlineMs = 5_000;
const query = inlineFilter(roomsOnly);

// Who leaves a room is out of it at once and hears no more of it.
// https://spec.matrix.org/v1.19/client-server-api/#leaving-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.leave',
    title: 'Wer einen Raum verlässt, ist sofort draußen und erfährt nichts mehr daraus',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('leaving-rooms'),
  },
  counterexamples: [
    {
      title: 'Das Verlassen wird verweigert',
      defect: { when: { path: leaveTemplate }, alter: onlyNth(1, forbidding) },
      expectFinding: 'leave-refused',
    },
    {
      title: 'Die Geräte erfahren nicht vom Verlassen',
      defect: { when: { path }, alter: hidingRooms('leave') },
      expectFinding: 'not-told',
    },
    {
      title: 'Der verlassene Raum wird weiter zugestellt',
      defect: showingRooms('join', { timeline: { events: [], limited: false, prev_batch: 'altered' } }),
      expectFinding: 'still-delivered',
    },
    {
      title: 'Im Raum gilt die Person weiter als Mitglied',
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'join') },
      expectFinding: 'still-member',
    },
  ],
  async run(tools) {
    const { request, user, room, join } = tools;
    const { leave } = membershipSteps(request);
    const [alice, bob] = [await user('alice'), await user('bob')];
    const [left, kept] = [await room(alice, { preset: 'private_chat' }), await room(alice, { preset: 'private_chat' })];
    const notHis = await room(alice, { preset: 'private_chat' });
    await join(left, alice, bob);
    await join(kept, alice, bob);
    const start = await tools.waitForSync(bob, { query, until: () => true, deadlineMs });
    const first = await leave(bob, left);
    const told = await goingOn(tools, bob, start, (json) => Object.hasOwn(objectAt(json, ['rooms', 'leave']), left));
    await tools.sendProbe(alice, left);
    await tools.sendProbe(alice, kept);
    const after = await goingOn(tools, bob, told, (json) => Object.hasOwn(objectAt(json, ['rooms', 'join']), kept));
    // What a server answers to these is its own affair; nothing may come of them.
    await leave(bob, left);
    await leave(bob, notHis);
    const member = await membershipAs(tools, alice, { roomId: left, whom: bob, wanted: 'leave' });
    return outcomeOf(
      [
        ...expectAllowed(first, { code: 'leave-refused', title: 'Das Verlassen eines Raums wird verweigert' }),
        ...expectThat(told.last, told.reached, {
          code: 'not-told',
          title: 'Die Geräte erfahren nicht, dass der Raum verlassen ist',
          expected: 'der Raum unter den verlassenen',
          observed: 'der Raum kommt nicht vor',
        }),
        ...after.answers.flatMap((answer) =>
          expectThat(answer, !mentions(answer.json, left), {
            code: 'still-delivered',
            title: 'Ereignisse eines verlassenen Raums werden weiter zugestellt',
            expected: 'nichts aus dem verlassenen Raum',
            observed: 'der verlassene Raum kommt vor',
          }),
        ),
        ...expectMembership(member, 'leave', {
          code: 'still-member',
          title: 'Nach dem Verlassen gilt die Person als Mitglied',
        }),
      ],
      'Verlassen, gemeldet, danach nichts mehr; zweites Verlassen ändert nichts',
    );
  },
});

async function goingOn(
  { waitForSync }: Tools,
  session: Session,
  { nextBatch }: SyncEnd,
  until: (json: unknown) => boolean,
): Promise<SyncEnd> {
  const end = await waitForSync(session, {
    query,
    ...(nextBatch !== undefined && { since: nextBatch }),
    until,
    deadlineMs,
  });
  premise(end.last);
  return end;
}

const mentions = (sync: unknown, roomId: string): boolean =>
  Object.values(objectAt(sync, ['rooms'])).some((section) => Object.hasOwn(objectAt(section, []), roomId));
