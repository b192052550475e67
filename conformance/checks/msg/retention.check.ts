import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { leakingSentInto } from '../../lib/event-defects.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { expectRefused } from '../../lib/refusals.ts';
import { chunkOf, eventTemplate, idsAmong, readEvent, readMessages } from '../../lib/room-events.ts';
import { setState } from '../../lib/state-requests.ts';

const eventType = 'm.room.retention';
const lifetimeMs = 1_500;
/** Servers clear away now and then, not to the second. */
const clearingMs = 15_000;
const claims = {
  expired: { code: 'expired-readable', title: 'Nachrichten sind nach Ablauf ihrer Frist noch lesbar' },
  kept: { code: 'others-deleted', title: 'Die Löschfrist eines Raums trifft auch andere Räume' },
  invalid: { code: 'invalid-accepted', title: 'Eine unsinnige Löschfrist wird angenommen' },
};

// Messages of a room with a lifetime go when it is over, those of other rooms stay.
// https://github.com/matrix-org/matrix-spec-proposals/pull/1763
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.retention',
    title: 'Die Löschfrist eines Raums wird eingehalten und trifft nur diesen Raum',
    requirements: ['DS-08'],
    needs: ['accounts', 'mayMutate', 'lab'],
    timeoutMs: 60_000,
    spec: 'https://github.com/matrix-org/matrix-spec-proposals/pull/1763',
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Abgelaufenes bleibt im Verlauf',
      defect: leakingSentInto(['chunk'], /\/messages$/),
      expectFinding: claims.expired.code,
    },
    {
      title: 'Auch andere Räume sind leer',
      defect: {
        when: { path: eventTemplate },
        alter: answering(404, { errcode: 'M_NOT_FOUND', error: 'altered' }),
      },
      expectFinding: claims.kept.code,
    },
    {
      title: 'Jede Frist wird angenommen',
      defect: {
        when: { method: 'PUT', path: /\/state\/m\.room\.retention$/ },
        alter: (answer, seen) => (answer.status === 400 ? answering(200, { event_id: '$a' })(answer, seen) : answer),
      },
      expectFinding: claims.invalid.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const alice = await tools.user('alice');
    const [roomId, otherRoom] = [await tools.room(alice), await tools.room(alice)];
    const policy = (content: unknown) => setState(request, alice, { roomId, eventType }, content);
    premise(await policy({ max_lifetime: lifetimeMs }));
    const expired = await tools.sendProbe(alice, roomId);
    const kept = await tools.sendProbe(alice, otherRoom);
    const invalid = [
      await policy({ max_lifetime: 'bald' }),
      await policy({ min_lifetime: 5_000, max_lifetime: 1_000 }),
    ];
    await tools.poll({
      ask: () => readEvent(request, alice, roomId, expired),
      until: ({ status }) => status === 404,
      deadlineMs: clearingMs,
    });
    const history = premise(await readMessages(request, alice, roomId, { dir: 'b', limit: '20' }));
    const other = await readEvent(request, alice, otherRoom, kept);
    return outcomeOf(
      [
        ...expectEqual(history, { wanted: 0, got: idsAmong(chunkOf(history), [expired]).length }, claims.expired),
        ...expectStatus(other, 200, claims.kept),
        ...invalid.flatMap((answer) => expectRefused(answer, claims.invalid)),
      ],
      'Nach Ablauf der Frist nicht mehr lesbar, im anderen Raum noch da',
    );
  },
});
