import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { ownMembershipIn } from '../../lib/departures.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { hasEvent, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { hidingRooms, showingRooms } from '../../lib/sync-defects.ts';
import { roomIn, syncStart } from '../../lib/sync-sections.ts';

const claims = {
  left: { code: 'departure-untold', title: 'Ein Raum, den man betrat und gleich verließ, gilt nicht als verlassen' },
  joined: { code: 'still-joined', title: 'Ein Raum, den man betrat und gleich verließ, gilt noch als betreten' },
};

// Joined and left between two syncs: the room is among those left, and not among those joined.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-join-leave-same-batch',
    title: 'Ein Raum, der zwischen zwei Abfragen betreten und verlassen wurde, gilt als verlassen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('syncing'),
  },
  counterexamples: [
    {
      title: 'Vom Raum ist keine Rede',
      defect: { when: { path: syncTemplate }, alter: hidingRooms('leave') },
      expectFinding: claims.left.code,
    },
    {
      title: 'Der Raum gilt noch als betreten',
      defect: showingRooms('join', { timeline: { events: [] } }),
      expectFinding: claims.joined.code,
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const [roomId, marker] = [await tools.room(alice), await tools.room(alice)];
    await tools.join(marker, alice, bob);
    const { leave } = membershipSteps(tools.request);
    const since = await syncStart(tools, bob);
    await tools.join(roomId, alice, bob);
    premise(await leave(bob, roomId));
    // The last event of all closes the window.
    const last = await tools.sendProbe(alice, marker);
    const sync = await syncedTo(tools, bob, { since, until: (json) => hasEvent(timelineOf(json, marker), last) });
    const membership = ownMembershipIn(sync.json, roomId, bob);
    return outcomeOf(
      [
        ...expectEqual(sync, { wanted: 'leave', got: membership }, claims.left),
        ...expectThat(sync, roomIn(sync.json, 'join', roomId) === undefined, {
          ...claims.joined,
          expected: 'nicht unter rooms.join',
          observed: 'unter rooms.join',
        }),
      ],
      'Unter den verlassenen Räumen, mit dem eigenen Austritt, und nicht unter den betretenen',
    );
  },
});
