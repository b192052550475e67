import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingTimelines, doubling, dropping } from '../../lib/event-defects.ts';
import { expectThat } from '../../lib/match.ts';
import { countEvents, hasEvent, timelineOf } from '../../lib/sync.ts';

const path = '/_matrix/client/v3/sync';

// A new message reaches a device that goes on from its token exactly once.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-incremental',
    title: 'Eine neue Nachricht erscheint bei fortgesetzter Synchronisation genau einmal',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('syncing'),
  },
  counterexamples: [
    {
      title: 'Die Nachricht kommt doppelt',
      defect: { when: { path }, alter: changingTimelines(doubling) },
      expectFinding: 'not-once',
    },
    {
      title: 'Die Nachricht geht verloren',
      defect: { when: { path }, alter: changingTimelines(dropping) },
      expectFinding: 'not-once',
    },
  ],
  async run({ user, room, join, sendProbe, waitForSync }) {
    const alice = await user('alice');
    const bob = await user('bob');
    const roomId = await room(alice);
    await join(roomId, alice, bob);
    const start = await waitForSync(bob, { until: () => true, deadlineMs: 10_000 });
    const eventId = await sendProbe(alice, roomId);
    const seen = await waitForSync(bob, {
      ...(start.nextBatch !== undefined && { since: start.nextBatch }),
      until: (json) => hasEvent(timelineOf(json, roomId), eventId),
      deadlineMs: 8_000,
    });
    // One more message closes the window: whatever comes twice has come by then.
    const lastId = await sendProbe(alice, roomId);
    const after = await waitForSync(bob, {
      ...(seen.nextBatch !== undefined && { since: seen.nextBatch }),
      until: (json) => hasEvent(timelineOf(json, roomId), lastId),
      deadlineMs: 8_000,
    });
    const all = [...seen.answers, ...after.answers].flatMap(({ json }) => timelineOf(json, roomId));
    const times = countEvents(all, eventId);
    return outcomeOf(
      expectThat(seen.last, times === 1, {
        code: 'not-once',
        title: 'Eine neue Nachricht erscheint nicht genau einmal',
        expected: 'einmal',
        observed: `${times}-mal in ${all.length} Ereignissen`,
      }),
      'Die Nachricht erschien genau einmal',
    );
  },
});
