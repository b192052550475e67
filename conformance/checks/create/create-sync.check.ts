import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { arrayAt, objectAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { essencesOf, readState } from '../../lib/room-state.ts';
import { hasEvent, type SyncEnd, timelineOf } from '../../lib/sync.ts';
import { changingRooms, hidingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomsOnly } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/sync';
const deadlineMs = 8_000;
const query = inlineFilter(roomsOnly);

// A room just made reaches the maker's other requests with all of its state, each event once.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.create.create-sync',
    title: 'Ein neuer Raum erscheint in der Synchronisation mit seinem ganzen Zustand, jedes Ereignis einmal',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('syncing'),
  },
  counterexamples: [
    {
      title: 'Der neue Raum erscheint nicht',
      defect: { when: { path }, alter: hidingRooms('join') },
      expectFinding: 'room-missing',
    },
    {
      title: 'Ein Teil des Zustands fehlt',
      defect: {
        when: { path },
        alter: changingRooms(
          'join',
          withTimeline((events) => events.slice(2)),
        ),
      },
      expectFinding: 'state-differs',
    },
    {
      title: 'Der Zustand kommt doppelt',
      defect: {
        when: { path },
        alter: changingRooms(
          'join',
          withTimeline((events) => [...events, ...events]),
        ),
      },
      expectFinding: 'state-differs',
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const start = await tools.waitForSync(alice, { query, until: () => true, deadlineMs });
    const roomId = await tools.room(alice, { preset: 'private_chat', name: 'Pruefstand' });
    const state = await readState(tools.request, alice, roomId);
    const seen = await seenUntilProbe(tools, alice, { roomId, since: start.nextBatch });
    const events = seen.answers.flatMap(({ json }) => stateSeenIn(json, roomId));
    return outcomeOf(
      [
        ...expectThat(seen.last, seen.reached, {
          code: 'room-missing',
          title: 'Ein neuer Raum erscheint nicht in der Synchronisation',
          expected: `der Raum binnen ${deadlineMs} ms`,
          observed: 'der Raum kommt nicht vor',
        }),
        ...expectEqual(
          seen.last,
          { wanted: essencesOf(arrayAt(state.json, [])), got: essencesOf(events) },
          { code: 'state-differs', title: 'Der Zustand des neuen Raums kommt nicht vollständig oder mehrfach an' },
        ),
      ],
      `Alle ${events.length} Zustandsereignisse je einmal`,
    );
  },
});

/** One event more closes the window: whatever comes twice has come by then. */
async function seenUntilProbe(
  { sendProbe, waitForSync }: Tools,
  session: Session,
  { roomId, since }: { readonly roomId: string; readonly since: string | undefined },
): Promise<SyncEnd> {
  const eventId = await sendProbe(session, roomId);
  return waitForSync(session, {
    query,
    ...(since !== undefined && { since }),
    until: (json) => hasEvent(timelineOf(json, roomId), eventId),
    deadlineMs,
  });
}

function stateSeenIn(sync: unknown, roomId: string): readonly unknown[] {
  const state = arrayAt(sync, ['rooms', 'join', roomId, 'state', 'events']);
  return [...state, ...timelineOf(sync, roomId).filter((event) => valueAt(event, ['state_key']) !== undefined)];
}

function withTimeline(change: (events: readonly unknown[]) => readonly unknown[]) {
  return (room: unknown) => {
    const at = ['timeline', 'events'];
    return objectAt(room, [])['timeline'] === undefined ? room : withValueAt(room, at, change(arrayAt(room, at)));
  };
}
