import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { readMessages } from '../../lib/room-events.ts';
import { syncOnce, syncTemplate } from '../../lib/sync.ts';
import { hidingRooms, showingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomIn } from '../../lib/sync-sections.ts';

const forgettingMs = 1_500;
const claims = {
  included: { code: 'left-room-missing', title: 'Verlangt sind auch verlassene Räume, und sie fehlen' },
  forgotten: { code: 'forgotten-room-there', title: 'Ein vergessener Raum erscheint noch unter den verlassenen' },
};

// Whoever asks for the rooms they left gets them, but none they have forgotten.
// https://spec.matrix.org/v1.19/client-server-api/#filtering
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-leave-included',
    title: 'Verlassene Räume kommen auf Verlangen, vergessene nie',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    rows: ['sync-leave-section'],
    spec: clause('filtering'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die verlassenen Räume fehlen',
      defect: { when: { path: syncTemplate }, alter: hidingRooms('leave') },
      expectFinding: claims.included.code,
    },
    {
      title: 'Auch vergessene Räume kommen',
      defect: showingRooms('leave', { timeline: { events: [] } }),
      expectFinding: claims.forgotten.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const { leave, forget } = membershipSteps(request);
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const [left, forgotten] = [await tools.room(alice), await tools.room(alice)];
    for (const room of [left, forgotten]) {
      await tools.join(room, alice, bob);
      premise(await leave(bob, room));
    }
    // What was forgotten cannot be read any more; the server may forget by itself, a little later.
    const history = await tools.poll({
      ask: () => readMessages(request, bob, left, { dir: 'b' }),
      until: ({ status }) => status !== 200,
      deadlineMs: forgettingMs,
    });
    if (history.status !== 200) {
      return notApplicable('Räume werden beim Verlassen sogleich vergessen (forget_rooms_on_leave).');
    }
    premise(await forget(bob, forgotten));
    const query = inlineFilter({ room: { include_leave: true } });
    const sync = await tools.poll({
      ask: async () => premise(await syncOnce(request, bob, { timeout: 0, query })),
      until: ({ json }) => roomIn(json, 'leave', left) !== undefined,
      deadlineMs: settlingMs,
    });
    return outcomeOf(
      [
        ...expectThat(sync, roomIn(sync.json, 'leave', left) !== undefined, {
          ...claims.included,
          expected: 'der verlassene Raum unter rooms.leave',
          observed: 'er fehlt',
        }),
        ...expectEqual(sync, { wanted: undefined, got: roomIn(sync.json, 'leave', forgotten) }, claims.forgotten),
      ],
      'Der verlassene Raum kommt auf Verlangen, der vergessene nicht',
    );
  },
});
