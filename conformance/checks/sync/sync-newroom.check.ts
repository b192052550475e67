import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingRoomList, dropping } from '../../lib/event-defects.ts';
import { arrayAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { eventIdsOf } from '../../lib/room-events.ts';
import { readState } from '../../lib/room-state.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { stateDifference, stateSet } from '../../lib/state-sets.ts';
import { hasEvent, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { hidingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomIn, stateOf, syncStart } from '../../lib/sync-sections.ts';

const when = { path: syncTemplate };
const query = inlineFilter({ room: { timeline: { limit: 2 } } });
const claims = {
  there: { code: 'room-missing', title: 'Ein Raum, dem man beigetreten ist, fehlt in der Synchronisation' },
  state: { code: 'state-incomplete', title: 'Ein neuer Raum kommt ohne seinen ganzen Zustand' },
  latest: { code: 'timeline-missing', title: 'Ein neuer Raum kommt ohne seine letzten Ereignisse' },
};

// A room joined since the last sync arrives with all of its state, although the rest of the answer only tells changes.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-newroom',
    title: 'Ein neu betretener Raum kommt mit seinem ganzen Zustand',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('syncing'),
  },
  counterexamples: [
    { title: 'Der Raum fehlt', defect: { when, alter: hidingRooms('join') }, expectFinding: claims.there.code },
    {
      title: 'Der Zustand fehlt',
      defect: { when, alter: changingRoomList(['state', 'events'], dropping) },
      expectFinding: claims.state.code,
    },
    {
      title: 'Der Verlauf fehlt',
      defect: { when, alter: changingRoomList(['timeline', 'events'], dropping) },
      expectFinding: claims.latest.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice, { topic: 'Prüfung' });
    const since = await syncStart(tools, bob, query);
    const { invite, join } = membershipSteps(request);
    premise(await invite(alice, roomId, bob));
    premise(await join(bob, roomId));
    const eventId = await tools.sendProbe(alice, roomId);
    const until = (json: unknown) => hasEvent(timelineOf(json, roomId), eventId);
    const sync = await syncedTo(tools, bob, { since, query, until });
    const whole = await readState(request, alice, roomId);
    const told = [...stateOf(sync.json, roomId), ...timelineOf(sync.json, roomId)];
    const missing = stateDifference(stateSet(arrayAt(whole.json, [])), stateSet(told));
    const last = eventIdsOf(timelineOf(sync.json, roomId)).at(-1);
    return outcomeOf(
      [
        ...expectThat(sync, roomIn(sync.json, 'join', roomId) !== undefined, {
          ...claims.there,
          expected: 'der Raum unter rooms.join',
          observed: 'er fehlt',
        }),
        ...expectEqual(sync, { wanted: [], got: missing }, claims.state),
        ...expectEqual(sync, { wanted: eventId, got: last }, claims.latest),
      ],
      'Der neue Raum mit ganzem Zustand und den letzten Ereignissen',
    );
  },
});
