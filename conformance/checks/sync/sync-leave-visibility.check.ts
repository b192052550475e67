import type { Finding } from '../../../core/model/finding.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { ownMembershipIn } from '../../lib/departures.ts';
import { type HistoryVisibility, historyState } from '../../lib/history.ts';
import { withoutValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { changingRooms, hidingRooms } from '../../lib/sync-defects.ts';
import { arrivalMs, syncStart } from '../../lib/sync-sections.ts';

const when = { path: syncTemplate };
const visibilities: readonly HistoryVisibility[] = ['joined', 'invited', 'shared', 'world_readable'];

// Whoever is shown the door sees so, whatever the rule for the history.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-leave-visibility',
    title: 'Den eigenen Hinauswurf sieht man bei jeder Regel für den Verlauf',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('syncing'),
  },
  counterexamples: [
    {
      title: 'Der Raum ist einfach fort',
      defect: { when, alter: hidingRooms('leave') },
      expectFinding: 'departure-unseen-joined',
    },
    {
      title: 'Der Raum kommt ohne den eigenen Austritt',
      defect: {
        when,
        alter: changingRooms('leave', (room) => withoutValueAt(withoutValueAt(room, ['timeline']), ['state'])),
      },
      expectFinding: 'departure-unseen-world_readable',
    },
  ],
  async run(tools) {
    const { kick } = membershipSteps(tools.request);
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const rooms: string[] = [];
    for (const visibility of visibilities) {
      const initial_state = [historyState(visibility)];
      const roomId = await tools.room(alice, { preset: 'private_chat', initial_state });
      await tools.join(roomId, alice, bob);
      rooms.push(roomId);
    }
    const since = await syncStart(tools, bob);
    for (const roomId of rooms) premise(await kick(alice, roomId, bob));
    const seen: (string | undefined)[] = rooms.map(() => undefined);
    const until = (json: unknown) => {
      for (const [index, roomId] of rooms.entries()) seen[index] ??= ownMembershipIn(json, roomId, bob);
      return !seen.includes(undefined);
    };
    const { last } = await tools.waitForSync(bob, { since, until, deadlineMs: arrivalMs });
    const findings: Finding[] = visibilities.flatMap((visibility, index) =>
      expectEqual(
        last,
        { wanted: 'leave', got: seen[index] },
        {
          code: `departure-unseen-${visibility}`,
          title: `Der eigene Hinauswurf bleibt unsichtbar (Verlauf „${visibility}“)`,
        },
      ),
    );
    return outcomeOf(findings, `Bei ${visibilities.join(', ')}: der eigene Hinauswurf ist sichtbar`);
  },
});
