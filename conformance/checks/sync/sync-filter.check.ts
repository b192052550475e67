import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { objectAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { idsAmong, numbersOf, sendEvent } from '../../lib/room-events.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { hasEvent, syncOnce, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { inlineFilter, stateOf } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const when = { path: syncTemplate };
const [first, second] = ['de.pruefstand.eins', 'de.pruefstand.zwei'];
/** Without these it would be no event. */
const essential = ['type', 'event_id', 'sender', 'origin_server_ts'];
const claims = {
  types: {
    code: 'types-ignored',
    title: 'Ein Filter nach Art oder Absender lässt nicht genau die passenden Ereignisse durch',
  },
  rooms: { code: 'rooms-ignored', title: 'Ein Filter nach Räumen lässt nicht genau diese durch' },
  excluded: { code: 'excluded-room-there', title: 'Ein ausgeschlossener Raum steht in der Synchronisation' },
  others: { code: 'other-rooms-missing', title: 'Der Ausschluss eines Raums verbirgt auch andere' },
  state: { code: 'state-ignored', title: 'Ein Filter für den Zustand wirkt nicht' },
  stored: { code: 'stored-differs', title: 'Ein gespeicherter Filter wirkt anders als derselbe in der Anfrage' },
  fields: { code: 'fields-ignored', title: 'Die Auswahl einzelner Angaben von Ereignissen wirkt nicht' },
  invalid: { code: 'invalid-accepted', title: 'Ein unlesbarer Filter wird nicht zurückgewiesen' },
};

// What a client filters out does not come, everything else does; stored or in the request alike.
// https://spec.matrix.org/v1.19/client-server-api/#filtering
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-filter',
    title: 'Filter der Synchronisation lassen genau das Verlangte durch',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('filtering'),
  },
  counterexamples: [
    {
      title: 'Filter nach Art bleiben ohne Wirkung',
      defect: { when, alter: (answer, { earlier }) => ({ ...answer, json: earlier[0]?.json ?? answer.json }) },
      expectFinding: claims.types.code,
    },
    {
      title: 'Der Filter nach Räumen bleibt ohne Wirkung',
      defect: {
        when,
        alter: (answer, { query, earlier }) =>
          query.includes('%22rooms%22') ? { ...answer, json: earlier[0]?.json } : answer,
      },
      expectFinding: claims.rooms.code,
    },
    {
      title: 'Der Ausschluss eines Raums verbirgt alle',
      defect: {
        when,
        alter: (answer, seen) => (seen.query.includes('not_rooms') ? { ...answer, json: { next_batch: 's' } } : answer),
      },
      expectFinding: claims.others.code,
    },
    {
      title: 'Der gespeicherte Filter wirkt nicht',
      defect: {
        when,
        alter: (answer, { query, earlier }) =>
          /filter=[^%]/.test(query) ? { ...answer, json: earlier[0]?.json } : answer,
      },
      expectFinding: claims.stored.code,
    },
    {
      title: 'Die Auswahl von Angaben wirkt nicht',
      defect: {
        when,
        alter: (answer, { query, earlier }) =>
          query.includes('event_fields') ? { ...answer, json: earlier[0]?.json } : answer,
      },
      expectFinding: claims.fields.code,
    },
    {
      title: 'Unlesbares wird angenommen',
      defect: { when, alter: (answer) => ({ ...answer, status: 200 }) },
      expectFinding: claims.invalid.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const { alice, roomId, otherRoom, sent } = await scene(tools);
    const ask = (query: Readonly<Record<string, string>>) => syncOnce(request, alice, { timeout: 0, query });
    const filtered = async (room: unknown) => premise(await ask(inlineFilter({ room })));
    const numbers = (json: unknown) => numbersOf(idsAmong(timelineOf(json, roomId), sent), sent);
    const byType = await filtered({ timeline: { types: ['de.pruefstand.e*'], limit: 20 } });
    const byOthers = await filtered({ timeline: { not_types: [first], not_senders: [alice.userId], limit: 20 } });
    const bySender = await filtered({ timeline: { senders: [alice.userId], types: [first, second], limit: 20 } });
    const onlyOne = await filtered({ rooms: [roomId] });
    const butOne = await filtered({ not_rooms: [roomId] });
    const stateOnly = await filtered({ state: { types: ['m.room.topic'] }, timeline: { types: [] } });
    const filter = { room: { timeline: { types: [second], limit: 20 } } };
    const create = '/_matrix/client/v3/user/{userId}/filter';
    const made = await request('POST', create, { params: { userId: alice.userId }, session: alice, body: filter });
    const stored = premise(await ask({ filter: premiseString(made, ['filter_id']) }));
    const fields = premise(
      await ask(
        inlineFilter({ event_fields: [...essential, 'content.wert'], room: { ...filter.room, state: { types: [] } } }),
      ),
    );
    const invalid = await ask({ filter: '{"room":' });
    const rooms = (json: unknown) => Object.keys(objectAt(json, ['rooms', 'join']));
    const kept = timelineOf(fields.json, roomId).map((event) => valueAt(event, ['content']));
    const stateTypes = stateOf(stateOnly.json, roomId).map((event) => stringAt(event, ['type']));
    return outcomeOf(
      [
        ...expectEqual(byType, { wanted: [1, 3], got: numbers(byType.json) }, claims.types),
        ...expectEqual(byOthers, { wanted: [4], got: numbers(byOthers.json) }, claims.types),
        ...expectEqual(bySender, { wanted: [1, 2], got: numbers(bySender.json) }, claims.types),
        ...expectEqual(onlyOne, { wanted: [roomId], got: rooms(onlyOne.json) }, claims.rooms),
        ...expectEqual(butOne, { wanted: false, got: rooms(butOne.json).includes(roomId) }, claims.excluded),
        ...expectEqual(butOne, { wanted: true, got: rooms(butOne.json).includes(otherRoom) }, claims.others),
        ...expectEqual(stateOnly, { wanted: ['m.room.topic'], got: stateTypes }, claims.state),
        ...expectEqual(stored, { wanted: [2, 4], got: numbers(stored.json) }, claims.stored),
        ...expectEqual(fields, { wanted: [{ wert: 1 }, { wert: 1 }], got: kept }, claims.fields),
        ...expectStatus(invalid, 400, claims.invalid),
      ],
      'Art, Absender, Räume, Zustand, gespeichert und einzelne Angaben: genau das Verlangte',
    );
  },
});

/** Two rooms, in one of which two people sent one event of each type. */
async function scene(tools: Tools) {
  const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
  const [roomId, otherRoom] = [await tools.room(alice, { topic: 'Prüfung' }), await tools.room(alice)];
  await tools.join(roomId, alice, bob);
  const send = (session: typeof alice, type: string) =>
    sendEvent(tools, session, roomId, { type, content: { wert: 1, rest: 2 } });
  const sent = [await send(alice, first), await send(alice, second), await send(bob, first), await send(bob, second)];
  const until = (json: unknown) => hasEvent(timelineOf(json, roomId), sent[3] ?? '');
  await syncedTo(tools, alice, { until });
  return { alice, roomId, otherRoom, sent };
}
