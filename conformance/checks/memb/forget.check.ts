import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { announcesForgetting, listsAsLeft, syncOnceForgotten } from '../../lib/forgetting.ts';
import { expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { forgetTemplate, joinTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowing, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';
import { showingRooms } from '../../lib/sync-defects.ts';
import type { Tools } from '../../lib/tools.ts';

const messagesPath = '/_matrix/client/v3/rooms/{roomId}/messages';
const emptyPage = { chunk: [], start: 'altered' };

// Only a room that was left can be forgotten; then it is gone from history and lists until the next invitation.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidforget
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.forget',
    title: 'Ein verlassener Raum lässt sich vergessen und ist dann verschwunden, bis zur nächsten Einladung',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3roomsroomidforget'),
  },
  counterexamples: [
    {
      title: 'Auch Mitglieder können den Raum vergessen',
      defect: { when: { path: forgetTemplate }, alter: onlyNth(1, allowing) },
      expectFinding: 'member-forgets',
    },
    {
      title: 'Der verlassene Raum lässt sich nicht vergessen',
      defect: {
        when: { path: forgetTemplate },
        alter: onlyNth(2, answering(400, { errcode: 'M_UNKNOWN', error: 'altered' })),
      },
      expectFinding: 'forget-refused',
    },
    {
      title: 'Der Verlauf des vergessenen Raums ist lesbar',
      defect: { when: { path: messagesPath }, alter: answering(200, emptyPage) },
      expectFinding: 'history-readable',
    },
    {
      title: 'Der vergessene Raum wird weiter aufgeführt',
      defect: showingRooms('leave', { timeline: { events: [], limited: false, prev_batch: 'altered' } }),
      expectFinding: 'still-listed',
    },
    {
      title: 'Eine Einladung führt nicht zurück',
      defect: { when: { path: joinTemplate }, alter: onlyNth(2, forbidding) },
      expectFinding: 'return-refused',
    },
  ],
  async run(tools) {
    const { request, user, room, join: bringIn } = tools;
    const { invite, join, leave, forget } = membershipSteps(request);
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, { preset: 'private_chat' });
    await bringIn(roomId, alice, bob);
    const early = await forget(bob, roomId);
    premise(await leave(bob, roomId));
    const silent = await silenceFindings(tools, bob, roomId);
    const forgotten = await forget(bob, roomId);
    const query = { dir: 'b', limit: '5' };
    const messages = await request('GET', messagesPath, { params: { roomId }, session: bob, query });
    const sync = await syncOnceForgotten(tools, bob, roomId);
    const back = [await invite(alice, roomId, bob), await join(bob, roomId)];
    return outcomeOf(
      [
        ...expectStatus(early, 400, { code: 'member-forgets', title: 'Ein Mitglied kann den Raum vergessen' }),
        ...silent,
        ...expectAllowed(forgotten, {
          code: 'forget-refused',
          title: 'Ein verlassener Raum lässt sich nicht vergessen',
        }),
        ...expectForbidden(messages, {
          code: 'history-readable',
          title: 'Der Verlauf eines vergessenen Raums ist lesbar',
        }),
        ...expectThat(sync, !listsAsLeft(sync, roomId), {
          code: 'still-listed',
          title: 'Ein vergessener Raum wird weiter aufgeführt',
          expected: 'der Raum nicht unter den verlassenen',
          observed: 'der Raum unter den verlassenen',
        }),
        ...back.flatMap((answer) =>
          expectAllowed(answer, {
            code: 'return-refused',
            title: 'Auf Einladung kommt man nicht in einen vergessenen Raum zurück',
          }),
        ),
      ],
      'Mitglied: 400; nach dem Verlassen vergessen, nicht lesbar, nicht aufgeführt; Rückkehr auf Einladung',
    );
  },
});

/** A server may forget a room for whoever leaves it, but has to say so. */
async function silenceFindings(tools: Tools, session: Session, roomId: string): Promise<Findings> {
  if (await announcesForgetting(tools.request, session)) return [];
  const sync = await syncOnceForgotten(tools, session, roomId);
  return expectThat(sync, listsAsLeft(sync, roomId), {
    code: 'forgotten-silently',
    title: 'Der Server vergisst einen Raum schon beim Verlassen, ohne es anzukündigen',
    expected: 'der Raum unter den verlassenen oder die Fähigkeit m.forget_forced_upon_leave',
    observed: 'weder noch',
  });
}
