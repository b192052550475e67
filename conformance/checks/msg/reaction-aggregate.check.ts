import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { changingTimelines, dropping } from '../../lib/event-defects.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus } from '../../lib/match.ts';
import { reacting, sendMessage, sendReaction } from '../../lib/relations.ts';
import { trySend } from '../../lib/room-events.ts';
import { hasEvent, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { arrivalMs, syncStart, timelinesOf } from '../../lib/sync-sections.ts';
import { sendTemplate } from '../../lib/tools.ts';

const duplicateCode = 'M_DUPLICATE_ANNOTATION';
const claims = {
  delivered: { code: 'reaction-lost', title: 'Eine Reaktion kommt nicht unverändert an' },
  twice: { code: 'reacted-twice', title: 'Dieselbe Person kann auf dieselbe Weise zweimal reagieren' },
  others: { code: 'reaction-refused', title: 'Eine weitere Reaktion wird verweigert' },
};

// One reaction of a kind per person: delivered to everybody, not counted twice.
// https://spec.matrix.org/v1.19/client-server-api/#avoiding-duplicate-annotations
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.reaction-aggregate',
    title: 'Reaktionen kommen an, doppelte werden zurückgewiesen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('avoiding-duplicate-annotations'),
  },
  counterexamples: [
    {
      title: 'Reaktionen gehen verloren',
      defect: { when: { path: syncTemplate }, alter: changingTimelines(dropping) },
      expectFinding: claims.delivered.code,
    },
    {
      title: 'Doppelte Reaktionen werden angenommen',
      defect: {
        when: { path: sendTemplate },
        alter: (answer, seen) =>
          answer.status === 400 ? answering(200, { event_id: '$altered' })(answer, seen) : answer,
      },
      expectFinding: claims.twice.code,
    },
    {
      title: 'Auch eine andere Reaktion gilt als doppelt',
      defect: {
        when: { path: sendTemplate },
        alter: onlyNth(4, answering(400, { errcode: duplicateCode, error: 'altered' })),
      },
      expectFinding: claims.others.code,
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice);
    await tools.join(roomId, alice, bob);
    const parent = { roomId, eventId: await sendMessage(tools, alice, roomId, { msgtype: 'm.text', body: 'Frage' }) };
    const since = await syncStart(tools, alice);
    const eventId = await sendReaction(tools, bob, parent, '👍');
    const react = (session: typeof alice, key: string) =>
      trySend(tools, session, roomId, { type: 'm.reaction', content: reacting(parent, key) });
    const again = await react(bob, '👍');
    const others = [await react(bob, '🎉'), await react(alice, '👍')];
    const until = (json: unknown) => hasEvent(timelineOf(json, roomId), eventId);
    const end = await tools.waitForSync(alice, { since, until, deadlineMs: arrivalMs });
    const seen = timelinesOf(end.answers, roomId).find((event) => stringAt(event, ['event_id']) === eventId);
    return outcomeOf(
      [
        ...expectEqual(end.last, { wanted: reacting(parent, '👍'), got: valueAt(seen, ['content']) }, claims.delivered),
        ...expectError(again, { status: 400, errcode: duplicateCode }, claims.twice),
        ...others.flatMap((answer) => expectStatus(answer, 200, claims.others)),
      ],
      'Die Reaktion kam an, dieselbe noch einmal wurde zurückgewiesen, andere nicht',
    );
  },
});
