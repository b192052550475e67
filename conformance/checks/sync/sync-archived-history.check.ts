import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { departedEvents, ownMembershipIn } from '../../lib/departures.ts';
import { leakingSentInto } from '../../lib/event-defects.ts';
import { withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { chunkOf, idsAmong, latestMessages, numbersOf, readMessages } from '../../lib/room-events.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { setState } from '../../lib/state-requests.ts';
import { hasEvent, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { changingRooms, hidingRooms } from '../../lib/sync-defects.ts';
import { syncStart } from '../../lib/sync-sections.ts';

const claims = {
  told: { code: 'departure-untold', title: 'Der Austritt selbst wird nicht gemeldet' },
  synced: { code: 'told-after-leaving', title: 'Wer gegangen ist, erfährt, was danach gesagt wurde' },
  read: { code: 'read-after-leaving', title: 'Wer gegangen ist, kann den späteren Verlauf lesen' },
};

// Whoever left hears nothing that was said afterwards, neither unasked nor by reading back.
// https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-archived-history',
    title: 'Wer einen Raum verlassen hat, erfährt nichts von danach',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-history-visibility'),
  },
  counterexamples: [
    {
      title: 'Der Austritt fehlt',
      defect: { when: { path: syncTemplate }, alter: hidingRooms('leave') },
      expectFinding: claims.told.code,
    },
    {
      title: 'Spätere Ereignisse werden mitgeteilt',
      defect: {
        when: { path: /\/send\/|\/state\/|\/sync$/ },
        alter: (answer, seen) => {
          const sent = seen.earlier.flatMap(({ json }) => Object(json)['event_id'] ?? []);
          const events = sent.map((event_id) => ({ event_id }));
          return seen.path.endsWith('/sync')
            ? changingRooms('leave', (room) => withValueAt(room, ['timeline', 'events'], events))(answer, seen)
            : answer;
        },
      },
      expectFinding: claims.synced.code,
    },
    {
      title: 'Der spätere Verlauf ist lesbar',
      defect: leakingSentInto(['chunk'], /\/messages$/),
      expectFinding: claims.read.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const [roomId, marker] = [await tools.room(alice), await tools.room(alice)];
    for (const room of [roomId, marker]) await tools.join(room, alice, bob);
    const since = await syncStart(tools, bob);
    premise(await membershipSteps(request).leave(bob, roomId));
    const later = [await tools.sendProbe(alice, roomId)];
    premise(await setState(request, alice, { roomId, eventType: 'm.room.topic' }, { topic: 'später' }));
    later.push(await tools.sendProbe(alice, roomId));
    const last = await tools.sendProbe(alice, marker);
    await latestMessages(tools, alice, { roomId, eventId: later[1] ?? '' });
    const sync = await syncedTo(tools, bob, { since, until: (json) => hasEvent(timelineOf(json, marker), last) });
    const told = numbersOf(idsAmong(departedEvents(sync.json, roomId), later), later);
    // Whoever left may be refused altogether; what counts is that nothing later is shown.
    const history = await readMessages(request, bob, roomId, { dir: 'b', limit: '20' });
    const read = numbersOf(idsAmong(chunkOf(history), later), later);
    return outcomeOf(
      [
        ...expectEqual(sync, { wanted: 'leave', got: ownMembershipIn(sync.json, roomId, bob) }, claims.told),
        ...expectEqual(sync, { wanted: [], got: told }, claims.synced),
        ...expectEqual(history, { wanted: [], got: read }, claims.read),
      ],
      'Nach dem Austritt kommt nichts mehr, und nichts davon ist lesbar',
    );
  },
});
