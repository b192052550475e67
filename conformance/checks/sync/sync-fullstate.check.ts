import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingRoomList, changingTimelines, doubling } from '../../lib/event-defects.ts';
import { arrayAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premiseString } from '../../lib/premise.ts';
import { eventIdsOf } from '../../lib/room-events.ts';
import { readState } from '../../lib/room-state.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { stateDifference, stateSet } from '../../lib/state-sets.ts';
import { hasEvent, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { stateOf } from '../../lib/sync-sections.ts';

const when = { path: syncTemplate };
const claims = {
  state: { code: 'state-incomplete', title: 'Der verlangte ganze Zustand ist nicht vollständig' },
  timeline: { code: 'timeline-repeated', title: 'Mit dem ganzen Zustand kommen auch schon bekannte Nachrichten' },
  silent: {
    code: 'quiet-room-missing',
    title: 'Räume ohne neue Nachricht fehlen, obwohl der ganze Zustand verlangt ist',
  },
};

// A client that lost its state gets all of it again, without the messages it has already.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-fullstate',
    title: 'Auf Verlangen kommt der ganze Zustand, ohne bekannte Nachrichten zu wiederholen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3sync'),
  },
  counterexamples: [
    {
      title: 'Ein Teil des Zustands fehlt',
      defect: { when, alter: changingRoomList(['state', 'events'], (events) => events.slice(1)) },
      expectFinding: claims.state.code,
    },
    {
      title: 'Nachrichten kommen doppelt',
      defect: { when, alter: changingTimelines(doubling) },
      expectFinding: claims.timeline.code,
    },
    {
      title: 'Nur Räume mit Neuem kommen',
      defect: {
        when,
        alter: changingRoomList(['state', 'events'], (events) => (events.length > 0 ? [] : events)),
      },
      expectFinding: claims.silent.code,
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const [roomId, quietRoom] = [await tools.room(alice), await tools.room(alice)];
    const earlier = await tools.sendProbe(alice, roomId);
    const settled = await syncedTo(tools, alice, { until: (json) => hasEvent(timelineOf(json, roomId), earlier) });
    const since = premiseString(settled, ['next_batch']);
    const eventId = await tools.sendProbe(alice, roomId);
    const until = (json: unknown) => hasEvent(timelineOf(json, roomId), eventId);
    const sync = await syncedTo(tools, alice, { since, query: { full_state: 'true' }, until });
    const missing = async (room: string) => {
      const whole = await readState(tools.request, alice, room);
      const told = [...stateOf(sync.json, room), ...timelineOf(sync.json, room)];
      return stateDifference(stateSet(arrayAt(whole.json, [])), stateSet(told));
    };
    const timeline = eventIdsOf(timelineOf(sync.json, roomId));
    return outcomeOf(
      [
        ...expectEqual(sync, { wanted: [], got: await missing(roomId) }, claims.state),
        ...expectEqual(sync, { wanted: [], got: await missing(quietRoom) }, claims.silent),
        ...expectEqual(sync, { wanted: [eventId], got: timeline }, claims.timeline),
      ],
      'Der ganze Zustand beider Räume und nur die neue Nachricht',
    );
  },
});
