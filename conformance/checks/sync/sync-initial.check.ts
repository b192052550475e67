import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { removing, setting } from '../../lib/defect.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { countEvents, hasEvent, syncOnce, timelineOf } from '../../lib/sync.ts';

const path = '/_matrix/client/v3/sync';

// A device that starts gets its rooms, their whole state and the latest events, and a token to go on from.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-initial',
    title: 'Die erste Synchronisation liefert alle Räume mit Zustand, Verlauf und Fortsetzungsmarke',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('syncing'),
  },
  counterexamples: [
    {
      title: 'Die Räume fehlen',
      defect: { when: { path }, alter: removing(['rooms']) },
      expectFinding: 'rooms-differ',
    },
    {
      title: 'Ein fremder Raum ist dabei',
      defect: { when: { path }, alter: setting(['rooms', 'join', '!fremd:example.org'], {}) },
      expectFinding: 'rooms-differ',
    },
    {
      title: 'Die Fortsetzungsmarke ist leer',
      defect: { when: { path }, alter: setting(['next_batch'], '') },
      expectFinding: 'no-next-batch',
    },
    {
      title: 'Verlauf und Zustand sind leer',
      defect: {
        when: { path },
        alter: (answer, seen) => {
          const [roomId = ''] = Object.keys(objectAt(answer.json, ['rooms', 'join']));
          return setting(['rooms', 'join', roomId], { timeline: { events: [] }, state: { events: [] } })(answer, seen);
        },
      },
      expectFinding: 'event-missing',
    },
  ],
  async run({ request, user, room, sendProbe, poll }) {
    const session = await user('alice');
    const roomId = await room(session);
    const eventId = await sendProbe(session, roomId);
    const sync = await poll({
      ask: () => syncOnce(request, session, { timeout: 0 }),
      until: ({ json }) => hasEvent(timelineOf(json, roomId), eventId),
      deadlineMs: settlingMs,
    });
    const timeline = timelineOf(sync.json, roomId);
    const state = arrayAt(sync.json, ['rooms', 'join', roomId, 'state', 'events']);
    const creates = [...state, ...timeline].filter((event) => valueAt(event, ['type']) === 'm.room.create');
    const nextBatch = stringAt(sync.json, ['next_batch']);
    return outcomeOf(
      [
        ...expectStatus(sync, 200, { code: 'status', title: 'Die Synchronisation wird nicht beantwortet' }),
        ...expectEqual(
          sync,
          { wanted: [roomId], got: Object.keys(objectAt(sync.json, ['rooms', 'join'])) },
          {
            code: 'rooms-differ',
            title: 'Die erste Synchronisation nennt nicht genau die eigenen Räume',
          },
        ),
        ...expectThat(sync, countEvents(timeline, eventId) === 1, {
          code: 'event-missing',
          title: 'Das letzte Ereignis steht nicht genau einmal im Verlauf',
          expected: 'einmal',
          observed: `${countEvents(timeline, eventId)}-mal`,
        }),
        ...expectThat(sync, creates.length === 1, {
          code: 'state-incomplete',
          title: 'Zustand und Verlauf ergeben nicht den ganzen Zustand des Raums',
          expected: 'm.room.create genau einmal in Zustand und Verlauf',
          observed: `${creates.length}-mal`,
        }),
        ...expectThat(sync, nextBatch !== undefined && nextBatch !== '', {
          code: 'no-next-batch',
          title: 'Die Fortsetzungsmarke fehlt',
          expected: 'ein nicht leeres next_batch',
          observed: nextBatch === undefined ? 'keines' : 'leer',
        }),
      ],
      'Genau der eigene Raum, das letzte Ereignis, der Zustand und eine Fortsetzungsmarke',
    );
  },
});
