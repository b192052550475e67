import type { Session } from '../../../core/model/bench.ts';
import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting, withStatus } from '../../lib/defect.ts';
import { listsAsLeft, syncWithLeft } from '../../lib/forgetting.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat, type Findings } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { expectAllowed } from '../../lib/refusals.ts';
import { essencesOf, memberEvents, stateTemplate, stateValue } from '../../lib/room-state.ts';
import { changingState, droppingState } from '../../lib/state-defects.ts';
import { setState } from '../../lib/state-requests.ts';
import { type StateSet, stateDifference, stateSet } from '../../lib/state-sets.ts';
import { hasEvent } from '../../lib/sync.ts';
import type { Tools } from '../../lib/tools.ts';

const messagesPath = '/_matrix/client/v3/rooms/{roomId}/messages';
const membersPath = '/_matrix/client/v3/rooms/{roomId}/members';

// Who left still sees the room as it was then, and nothing of what came later.
// https://spec.matrix.org/v1.19/client-server-api/#leaving-rooms
export const check = conformanceCheck({
  variant: 'open',
  meta: {
    id: 'conformance.memb.left-view',
    title: 'Wer gegangen ist, sieht den Raum wie beim Gehen und nichts Späteres',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('leaving-rooms'),
  },
  counterexamples: [
    {
      title: 'Der Verlauf bis zum Gehen ist nicht mehr lesbar',
      defect: { when: { path: messagesPath }, alter: setting(['chunk'], []) },
      expectFinding: 'history-lost',
    },
    {
      title: 'Der Zustand ist der heutige',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.name', ['name'], 'Danach') },
      expectFinding: 'later-state',
    },
    {
      title: 'Dem Zustand fehlt etwas, das im Verlauf steht',
      defect: { when: { path: stateTemplate }, alter: droppingState('m.room.history_visibility') },
      expectFinding: 'state-differs',
    },
    {
      title: 'Die Mitglieder sind nicht mehr abrufbar',
      defect: { when: { path: membersPath }, alter: withStatus(403) },
      expectFinding: 'members-refused',
    },
  ],
  async run(tools) {
    const { request, user, room, join, sendProbe } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, { preset: 'private_chat', name: 'Davor' });
    await join(roomId, alice, bob);
    const before = await sendProbe(alice, roomId);
    premise(await membershipSteps(request).leave(bob, roomId));
    const after = await sendProbe(alice, roomId);
    premise(await setState(request, alice, { roomId, eventType: 'm.room.name' }, { name: 'Danach' }));
    const { state, messages, members } = await viewOf(tools, bob, roomId);
    // Servers forget behind the scenes: only who still has the room now had it all the while.
    if (!listsAsLeft(await syncWithLeft(request, bob), roomId))
      return notApplicable('Der Server vergisst jeden Raum beim Verlassen (forget_rooms_on_leave).');
    return outcomeOf(
      [
        ...historyFindings(messages, { before, after }),
        // The room is so young that one page holds its whole history.
        ...expectEqual(
          state,
          { wanted: [], got: stateDifference(stateIn(messages), stateSet(arrayAt(state.json, []))) },
          { code: 'state-differs', title: 'Zustand und Verlauf beim Gehen widersprechen sich' },
        ),
        ...expectEqual(
          state,
          { wanted: 'Davor', got: stateValue(state.json, 'm.room.name', ['name']) },
          { code: 'later-state', title: 'Wer gegangen ist, sieht nicht den Zustand beim Gehen' },
        ),
        ...expectAllowed(members, {
          code: 'members-refused',
          title: 'Wer gegangen ist, kann die Mitglieder beim Gehen nicht abrufen',
        }),
        ...expectEqual(
          members,
          { wanted: essencesOf(memberEvents(state.json)), got: essencesOf(arrayAt(members.json, ['chunk'])) },
          { code: 'later-members', title: 'Wer gegangen ist, sieht andere Mitglieder als beim Gehen' },
        ),
        ...expectEqual(
          members,
          { wanted: 'leave', got: membershipIn(members.json, bob) },
          { code: 'later-members', title: 'Wer gegangen ist, sieht andere Mitglieder als beim Gehen' },
        ),
      ],
      'Verlauf, Zustand und Mitglieder bis zum Gehen, nichts danach',
    );
  },
});

/** What the history amounts to, which comes newest first. */
const stateIn = ({ json }: Answer): StateSet => stateSet(arrayAt(json, ['chunk']).toReversed());

async function viewOf({ request }: Tools, session: Session, roomId: string) {
  const params = { roomId };
  const state = await request('GET', stateTemplate, { params, session });
  const query = { dir: 'b', limit: '50' };
  const messages = await request('GET', messagesPath, { params, session, query });
  const members = await request('GET', membersPath, { params, session });
  return { state, messages, members };
}

function historyFindings(
  messages: Answer,
  { before, after }: { readonly before: string; readonly after: string },
): Findings {
  const chunk = arrayAt(messages.json, ['chunk']);
  return [
    ...expectThat(messages, hasEvent(chunk, before), {
      code: 'history-lost',
      title: 'Wer gegangen ist, kann den Verlauf bis dahin nicht lesen',
      expected: 'die Nachricht vor dem Gehen',
      observed: `${chunk.length} Ereignisse ohne sie`,
    }),
    ...expectThat(messages, !hasEvent(chunk, after), {
      code: 'later-history',
      title: 'Wer gegangen ist, liest weiter mit',
      expected: 'keine Nachricht nach dem Gehen',
      observed: 'die Nachricht nach dem Gehen',
    }),
  ];
}

function membershipIn(members: unknown, { userId }: Session): string | undefined {
  const own = arrayAt(members, ['chunk']).find((event) => valueAt(event, ['state_key']) === userId);
  return stringAt(own, ['content', 'membership']);
}
