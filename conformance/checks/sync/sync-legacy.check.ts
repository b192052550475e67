import type { Session } from '../../../core/model/bench.ts';
import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { essenceOf } from '../../lib/event-essence.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { expectForbidden, expectRefused } from '../../lib/refusals.ts';
import { idsAmong } from '../../lib/room-events.ts';
import { readState } from '../../lib/room-state.ts';
import { stateDifference, stateSet } from '../../lib/state-sets.ts';
import type { Tools } from '../../lib/tools.ts';

const initialPath = '/_matrix/client/v3/initialSync';
const roomPath = '/_matrix/client/v3/rooms/{roomId}/initialSync';
const eventsPath = '/_matrix/client/v3/events';
const eventPath = '/_matrix/client/v3/events/{eventId}';
const claims = {
  initial: {
    code: 'room-missing',
    title: 'Die alte erste Synchronisation nennt den eigenen Raum nicht oder nicht mit seinem Zustand',
  },
  state: { code: 'state-differs', title: 'Die alte Synchronisation eines Raums zeigt nicht dessen Zustand' },
  room: { code: 'room-differs', title: 'Die alte Synchronisation eines Raums zeigt nicht dessen letztes Ereignis' },
  stream: { code: 'stream-differs', title: 'Der alte Strom der Ereignisse bringt ein neues Ereignis nicht' },
  single: { code: 'event-differs', title: 'Der alte Abruf eines Ereignisses liefert ein anderes' },
  refused: { code: 'not-refused', title: 'Die alte Synchronisation weist Fremde oder Unsinn nicht zurück' },
};

// Old and deprecated, but listed and served: then it has to be right, and closed to strangers.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3initialsync
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-legacy',
    title: 'Die überholte Synchronisation stimmt, soweit es sie noch gibt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3initialsync'),
  },
  counterexamples: [
    {
      title: 'Die erste Synchronisation ist leer',
      defect: { when: { path: initialPath }, alter: setting(['rooms'], []) },
      expectFinding: claims.initial.code,
    },
    {
      title: 'Der Raum kommt ohne Verlauf',
      defect: { when: { path: roomPath }, alter: setting(['messages', 'chunk'], []) },
      expectFinding: claims.room.code,
    },
    {
      title: 'Der Strom ist leer',
      defect: { when: { path: eventsPath }, alter: setting(['chunk'], []) },
      expectFinding: claims.stream.code,
    },
    {
      title: 'Ein anderes Ereignis kommt',
      defect: { when: { path: eventPath }, alter: setting(['event_id'], '$altered') },
      expectFinding: claims.single.code,
    },
    {
      title: 'Fremde lesen mit',
      defect: {
        when: { path: roomPath },
        alter: (answer, seen) =>
          answer.status === 403 ? answering(200, { room_id: '!altered:x' })(answer, seen) : answer,
      },
      expectFinding: claims.refused.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const initial = await request('GET', initialPath, { session: alice, query: { limit: '1' } });
    if (initial.status === 404) return notApplicable('Die überholte Synchronisation wird nicht mehr angeboten.');
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    const from = stringAt(premise(initial).json, ['end']) ?? '';
    const eventId = await tools.sendProbe(alice, roomId);
    const inRoom = { params: { roomId }, query: { limit: '3' } };
    const [whole, room, stream, single] = [
      await settledInitialSync(tools, alice, (json) => JSON.stringify(json ?? null).includes(eventId)),
      await request('GET', roomPath, { ...inRoom, session: alice }),
      await tools.poll({
        ask: () => request('GET', eventsPath, { session: alice, query: { from, timeout: '0' } }),
        until: ({ json }) => idsAmong(arrayAt(json, ['chunk']), [eventId]).length > 0,
        deadlineMs: settlingMs,
      }),
      await request('GET', eventPath, { params: { eventId }, session: alice }),
    ];
    const own = arrayAt(whole.json, ['rooms']).find((item) => stringAt(item, ['room_id']) === roomId);
    const state = stateSet(arrayAt((await readState(request, alice, roomId)).json, []));
    const differing = (room: unknown) => stateDifference(state, stateSet(arrayAt(room, ['state'])));
    const stranger = await request('GET', roomPath, { ...inRoom, session: bob });
    const nonsense = await request('GET', eventsPath, { session: alice, query: { from: 'unsinn', timeout: '0' } });
    const refused = [
      await request('GET', eventPath, { params: { eventId }, session: bob }),
      await request('GET', initialPath, { session: alice, query: { limit: 'viele' } }),
    ];
    const streamed = arrayAt(stream.json, ['chunk']).filter((event) => stringAt(event, ['room_id']) === roomId);
    const probes = [streamed, arrayAt(room.json, ['messages', 'chunk']), arrayAt(own, ['messages', 'chunk'])].map(
      (events) => essenceOf(events.at(-1)),
    );
    const probe = essenceOf(single.json);
    return outcomeOf(
      [
        ...expectEqual(whole, { wanted: [], got: differing(own) }, claims.initial),
        ...expectEqual(room, { wanted: [], got: differing(room.json) }, claims.state),
        ...expectEqual(room, { wanted: probe, got: probes[1] }, claims.room),
        ...expectEqual(whole, { wanted: probe, got: probes[2] }, claims.initial),
        ...expectEqual(stream, { wanted: probe, got: probes[0] }, claims.stream),
        ...expectEqual(stream, { wanted: [], got: differing({ state: streamed }) }, claims.stream),
        ...expectEqual(single, { wanted: eventId, got: stringAt(single.json, ['event_id']) }, claims.single),
        ...expectForbidden(stranger, claims.refused),
        ...expectStatus(nonsense, 400, claims.refused),
        ...refused.flatMap((answer) => expectRefused(answer, claims.refused)),
      ],
      'Erste Synchronisation, Raum, Strom und einzelnes Ereignis stimmen; Fremde und Unsinn abgewiesen',
    );
  },
});

/** Asked with another limit each time, so that the answer is made anew. */
function settledInitialSync(tools: Tools, session: Session, until: (json: unknown) => boolean): Promise<Answer> {
  let limit = 2;
  return tools.poll({
    ask: () => tools.request('GET', initialPath, { session, query: { limit: String(limit++) } }),
    until: ({ json }) => until(json),
    deadlineMs: settlingMs,
  });
}
