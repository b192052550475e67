import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingRoomList, dropping } from '../../lib/event-defects.ts';
import { arrayAt, valueAt, withoutValueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { eventIdsOf } from '../../lib/room-events.ts';
import { readState } from '../../lib/room-state.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { advertises } from '../../lib/spec-versions.ts';
import { setState } from '../../lib/state-requests.ts';
import { stateDifference, stateSet } from '../../lib/state-sets.ts';
import { hasEvent, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { changingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomIn, stateOf, syncStart } from '../../lib/sync-sections.ts';

const when = { path: syncTemplate };
const since16 = { parameter: 'use_state_after', key: 'state_after' };
const experimental = { parameter: 'org.matrix.msc4222.use_state_after', key: 'org.matrix.msc4222.state_after' };
// Fewer events than there are, so that there is a state before them.
const filtered = inlineFilter({ room: { timeline: { limit: 3 } } });
const claims = {
  whole: { code: 'state-differs', title: 'Der Zustand danach ist nicht der Zustand des Raums' },
  same: { code: 'variants-differ', title: 'Zustand davor mit Verlauf und Zustand danach widersprechen sich' },
  timeline: { code: 'timelines-differ', title: 'Der Verlauf hängt davon ab, welcher Zustand verlangt ist' },
};

// The state after the timeline is what the state before it becomes by it.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-state-after',
    title: 'Der Zustand nach dem Verlauf stimmt mit dem davor überein',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('syncing'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Der Zustand danach ist leer',
      defect: {
        when,
        alter: changingRooms('join', (room) => withEmpty(withEmpty(room, since16.key), experimental.key)),
      },
      expectFinding: claims.whole.code,
    },
    {
      title: 'Der Zustand davor fehlt',
      defect: { when, alter: changingRoomList(['state', 'events'], dropping) },
      expectFinding: claims.same.code,
    },
    {
      title: 'Der Verlauf fehlt nur in einem Fall',
      defect: {
        when,
        alter: (answer, seen) =>
          seen.query.includes('state_after')
            ? changingRooms('join', (room) => withoutValueAt(room, ['timeline', 'events']))(answer, seen)
            : answer,
      },
      expectFinding: claims.timeline.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const { parameter, key } = advertises(tools.target, '1.16') ? since16 : experimental;
    const alice = await tools.user('alice');
    const since = await syncStart(tools, alice);
    const roomId = await tools.room(alice, { topic: 'alt' });
    await tools.sendProbe(alice, roomId);
    premise(await setState(request, alice, { roomId, eventType: 'm.room.topic' }, { topic: 'neu' }));
    const last = await tools.sendProbe(alice, roomId);
    const until = (json: unknown) => hasEvent(timelineOf(json, roomId), last);
    const before = await syncedTo(tools, alice, { since, query: filtered, until });
    // Without the room's timeline there is nothing to wait for any more: what the first knows, the second does.
    const query = { ...filtered, [parameter]: 'true' };
    const after = await syncedTo(tools, alice, { since, query, until: () => true });
    const room = roomIn(after.json, 'join', roomId);
    if (key === experimental.key && room !== undefined && valueAt(room, [key]) === undefined) {
      return notApplicable(
        'Den Zustand nach dem Verlauf gibt es erst ab v1.16 der Spezifikation; der Server nennt sie nicht.',
      );
    }
    const told = stateSet(arrayAt(room, [key, 'events']));
    const becomes = stateSet([...stateOf(before.json, roomId), ...timelineOf(before.json, roomId)]);
    const whole = stateSet(arrayAt((await readState(request, alice, roomId)).json, []));
    const timelines = [before, after].map(({ json }) => eventIdsOf(timelineOf(json, roomId)));
    return outcomeOf(
      [
        ...expectEqual(after, { wanted: [], got: stateDifference(whole, told) }, claims.whole),
        ...expectEqual(before, { wanted: [], got: stateDifference(told, becomes) }, claims.same),
        ...expectEqual(after, { wanted: timelines[0], got: timelines[1] }, claims.timeline),
      ],
      'Zustand davor mit Verlauf, Zustand danach und Zustand des Raums sind gleich',
    );
  },
});

function withEmpty(room: unknown, key: string): unknown {
  return arrayAt(room, [key, 'events']).length === 0 ? room : withValueAt(room, [key, 'events'], []);
}
