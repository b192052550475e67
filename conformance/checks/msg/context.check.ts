import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { changingList, dropping } from '../../lib/event-defects.ts';
import { arrayAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { expectForbiddenOrAbsent } from '../../lib/refusals.ts';
import { contextTemplate, eventIdsOf, latestMessages, numbersOf, sendProbes } from '../../lib/room-events.ts';
import { readState, stateValue } from '../../lib/room-state.ts';
import { setState } from '../../lib/state-requests.ts';
import { stateDifference, stateSet } from '../../lib/state-sets.ts';
import { inlineFilter } from '../../lib/sync-sections.ts';
import { probeType } from '../../lib/tools.ts';

const when = { path: contextTemplate };
const claims = {
  around: { code: 'neighbours-differ', title: 'Der Zusammenhang besteht nicht aus den nächsten Ereignissen' },
  state: { code: 'state-differs', title: 'Der Zusammenhang zeigt nicht den Zustand von damals' },
  filter: { code: 'filter-ignored', title: 'Der Zusammenhang beachtet den Filter nicht' },
  stranger: { code: 'stranger-reads', title: 'Wer nicht im Raum ist, kann den Zusammenhang lesen' },
};

// Around an event stand its neighbours and the state of that time, for members only.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidcontexteventid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.context',
    title: 'Der Zusammenhang eines Ereignisses zeigt seine Nachbarn und den Zustand von damals',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3roomsroomidcontexteventid'),
  },
  counterexamples: [
    {
      title: 'Frühere Ereignisse fehlen',
      defect: { when, alter: changingList(['events_before'], dropping) },
      expectFinding: claims.around.code,
    },
    {
      title: 'Der Zustand ist der heutige',
      defect: {
        when,
        alter: changingList(['state'], (events) =>
          events.map((event) =>
            valueAt(event, ['type']) === 'm.room.topic' ? withValueAt(event, ['content', 'topic'], 'neu') : event,
          ),
        ),
      },
      expectFinding: claims.state.code,
    },
    {
      title: 'Der Filter bleibt ohne Wirkung',
      defect: {
        when,
        alter: (answer, { earlier }) => ({ ...answer, json: earlier[0]?.json ?? answer.json }),
      },
      expectFinding: claims.filter.code,
    },
    {
      title: 'Fremde lesen mit',
      defect: {
        when,
        alter: (answer, seen) => (answer.status === 200 ? answer : answering(200, seen.earlier[0]?.json)(answer, seen)),
      },
      expectFinding: claims.stranger.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice, { preset: 'private_chat', topic: 'alt' });
    const early = await sendProbes(tools, alice, roomId, 5);
    premise(await setState(request, alice, { roomId, eventType: 'm.room.topic' }, { topic: 'neu' }));
    const last = await tools.sendProbe(alice, roomId);
    await latestMessages(tools, alice, { roomId, eventId: last });
    const ask = (session: typeof alice, query: Readonly<Record<string, string>>) =>
      request('GET', contextTemplate, { params: { roomId, eventId: early[2] ?? '' }, session, query });
    const around = premise(await ask(alice, { limit: '4' }));
    const filtered = premise(await ask(alice, { limit: '4', ...inlineFilter({ not_types: [probeType] }) }));
    const stranger = await ask(bob, {});
    const numbers = (key: string) =>
      numbersOf(
        eventIdsOf(arrayAt(around.json, [key])).filter((id) => id !== undefined),
        early,
      );
    const unwanted = ['events_before', 'events_after'].flatMap((key) =>
      arrayAt(filtered.json, [key]).filter((event) => valueAt(event, ['type']) === probeType),
    );
    const got = { before: numbers('events_before'), after: numbers('events_after') };
    const today = arrayAt((await readState(request, alice, roomId)).json, []);
    const changed = stateDifference(stateSet(today), stateSet(arrayAt(around.json, ['state'])));
    const topic = stateValue(arrayAt(around.json, ['state']), 'm.room.topic', ['topic']);
    return outcomeOf(
      [
        ...expectEqual(around, { wanted: { before: [2, 1], after: [4, 5] }, got }, claims.around),
        ...expectEqual(around, { wanted: 'alt', got: topic }, claims.state),
        ...expectEqual(around, { wanted: ['m.room.topic '], got: changed }, claims.state),
        ...expectEqual(filtered, { wanted: 0, got: unwanted.length }, claims.filter),
        ...expectForbiddenOrAbsent(stranger, claims.stranger),
      ],
      'Zwei Ereignisse davor, zwei danach, der Zustand von damals; Fremde ausgeschlossen',
    );
  },
});
