import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { ownMembershipIn } from '../../lib/departures.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { syncOnce, syncTemplate } from '../../lib/sync.ts';
import { hidingRooms, showingRooms } from '../../lib/sync-defects.ts';
import { arrivalMs, inlineFilter, roomIn, syncStart } from '../../lib/sync-sections.ts';

const claims = {
  told: { code: 'departure-untold', title: 'Ein verlassener Raum wird nicht als verlassen gemeldet' },
  again: { code: 'told-again', title: 'Ein verlassener Raum wird mehr als einmal gemeldet' },
  initial: { code: 'in-initial-sync', title: 'Ein verlassener Raum steht noch in der ersten Synchronisation' },
};

// A room somebody left or was banned from is reported once, and a new device hears nothing of those left.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-leave-section',
    title: 'Verlassene Räume werden genau einmal gemeldet',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('syncing'),
  },
  counterexamples: [
    {
      title: 'Der Austritt wird nicht gemeldet',
      defect: { when: { path: syncTemplate }, alter: hidingRooms('leave') },
      expectFinding: claims.told.code,
    },
    {
      title: 'Der Austritt wird immer wieder gemeldet',
      defect: showingRooms('leave', { timeline: { events: [] } }),
      expectFinding: claims.again.code,
    },
    {
      title: 'Der Raum gilt auf neuen Geräten als betreten',
      defect: showingRooms('join', { timeline: { events: [] } }),
      expectFinding: claims.initial.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const { leave, ban } = membershipSteps(request);
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const [left, banned] = [await tools.room(alice), await tools.room(alice)];
    for (const room of [left, banned]) await tools.join(room, alice, bob);
    const since = await syncStart(tools, bob);
    premise(await leave(bob, left));
    premise(await ban(alice, banned, bob));
    const got: Record<string, string | undefined> = {};
    const until = (json: unknown) => {
      got['left'] ??= ownMembershipIn(json, left, bob);
      got['banned'] ??= ownMembershipIn(json, banned, bob);
      return got['left'] !== undefined && got['banned'] !== undefined;
    };
    const told = await tools.waitForSync(bob, { since, until, deadlineMs: arrivalMs });
    const after = premise(await syncOnce(request, bob, { timeout: 0, since: told.nextBatch ?? since }));
    // Another filter, so that the answer is made anew.
    const query = inlineFilter({ room: { timeline: { limit: 1 } } });
    const initial = premise(await syncOnce(request, bob, { timeout: 0, query }));
    const isThere = ({ json }: Answer, section: 'join' | 'leave') =>
      roomIn(json, section, left) !== undefined || (section === 'join' && roomIn(json, section, banned) !== undefined);
    const isAgain =
      roomIn(after.json, 'leave', left) !== undefined || roomIn(after.json, 'leave', banned) !== undefined;
    return outcomeOf(
      [
        ...expectEqual(told.last, { wanted: { left: 'leave', banned: 'ban' }, got }, claims.told),
        ...expectThat(after, !isAgain, { ...claims.again, expected: 'einmal', observed: 'noch einmal' }),
        ...expectThat(initial, !isThere(initial, 'join') && !isThere(initial, 'leave'), {
          ...claims.initial,
          expected: 'kein verlassener Raum',
          observed: isThere(initial, 'join') ? 'unter rooms.join' : 'unter rooms.leave',
        }),
      ],
      'Austritt und Ausschluss je einmal gemeldet, auf neuen Geräten kein verlassener Raum',
    );
  },
});
