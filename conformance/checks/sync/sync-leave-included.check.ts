import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { syncOnce, syncTemplate } from '../../lib/sync.ts';
import { hidingRooms, showingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomIn } from '../../lib/sync-sections.ts';

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
    timeoutMs: 30_000,
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
    const capabilities = premise(await request('GET', '/_matrix/client/v3/capabilities', { session: bob }));
    const forced = ['capabilities', 'm.forget_forced_upon_leave', 'enabled'];
    if (valueAt(capabilities.json, forced) === true) {
      return notApplicable('Räume werden beim Verlassen sogleich vergessen (forget_rooms_on_leave).');
    }
    const [left, forgotten] = [await tools.room(alice), await tools.room(alice)];
    for (const room of [left, forgotten]) {
      await tools.join(room, alice, bob);
      premise(await leave(bob, room));
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
