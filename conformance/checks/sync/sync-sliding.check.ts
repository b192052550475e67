import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { setAccountData } from '../../lib/account-data.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, setting } from '../../lib/defect.ts';
import { essenceOf } from '../../lib/event-essence.ts';
import { arrayAt, objectAt, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { idsAmong } from '../../lib/room-events.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { stateSet } from '../../lib/state-sets.ts';
import { hasEvent, timelineOf } from '../../lib/sync.ts';
import { globalAccountData, stateOf } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const feature = 'org.matrix.simplified_msc3575';
const path = `/_matrix/client/unstable/${feature}/sync`;
const when = { path };
const type = 'de.pruefstand.account-data';
const list = ['lists', 'alle'];
const claims = {
  list: { code: 'list-differs', title: 'Die Liste der Räume nennt nicht genau die eigenen Räume' },
  timeline: {
    code: 'timeline-differs',
    title: 'Der Verlauf eines Raums weicht von der gewöhnlichen Synchronisation ab',
  },
  state: { code: 'state-differs', title: 'Der Zustand eines Raums weicht von der gewöhnlichen Synchronisation ab' },
  extension: { code: 'extension-differs', title: 'Die Kontodaten weichen von der gewöhnlichen Synchronisation ab' },
  update: { code: 'update-missing', title: 'Eine neue Nachricht fehlt in der fortgesetzten Synchronisation' },
};

// The quick sync of new clients tells the same as the old one, only less of it at a time.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-sliding',
    title: 'Die schnelle Synchronisation stimmt mit der gewöhnlichen überein',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('syncing'),
  },
  counterexamples: [
    {
      title: 'Räume fehlen in der Liste',
      defect: { when, alter: setting([...list, 'ops'], []) },
      expectFinding: claims.list.code,
    },
    {
      title: 'Der Verlauf fehlt',
      defect: { when, alter: inRooms(['timeline'], []) },
      expectFinding: claims.timeline.code,
    },
    {
      title: 'Der Zustand fehlt',
      defect: { when, alter: inRooms(['required_state'], []) },
      expectFinding: claims.state.code,
    },
    {
      title: 'Die Kontodaten fehlen',
      defect: { when, alter: setting(['extensions'], {}) },
      expectFinding: claims.extension.code,
    },
    {
      title: 'Neues kommt nicht',
      defect: {
        when,
        alter: (answer, seen) => (seen.query.includes('pos=') ? setting(['rooms'], {})(answer, seen) : answer),
      },
      expectFinding: claims.update.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const versions = premise(await request('GET', '/_matrix/client/versions'));
    if (valueAt(versions.json, ['unstable_features', feature]) !== true) {
      return notApplicable('Die schnelle Synchronisation (Simplified Sliding Sync) wird nicht angeboten.');
    }
    const alice = await tools.user('alice');
    const rooms = [await tools.room(alice, { topic: 'eins' }), await tools.room(alice, { topic: 'zwei' })];
    const roomId = rooms[1] ?? '';
    premise(await setAccountData(request, alice, { type }, { wert: 1 }));
    const eventId = await tools.sendProbe(alice, roomId);
    const until = (json: unknown) => hasEvent(timelineOf(json, roomId), eventId);
    const classic = await syncedTo(tools, alice, { until });
    const first = premise(await slide(tools, alice, roomId));
    const pos = stringAt(first.json, ['pos']) ?? '';
    const nextId = await tools.sendProbe(alice, roomId);
    const next = await tools.poll({
      ask: async () => premise(await slide(tools, alice, roomId, pos)),
      until: ({ json }) => hasEvent(arrayAt(json, ['rooms', roomId, 'timeline']), nextId),
      deadlineMs: 5_000,
    });
    const listed = arrayAt(first.json, [...list, 'ops']).flatMap((op) => arrayAt(op, ['room_ids']).map(String));
    const joined = Object.keys(objectAt(classic.json, ['rooms', 'join'])).toSorted();
    const slid = arrayAt(first.json, ['rooms', roomId, 'timeline']).map(essenceOf);
    const whole = stateSet([...stateOf(classic.json, roomId), ...timelineOf(classic.json, roomId)]);
    const data = arrayAt(first.json, ['extensions', 'account_data', 'global']);
    const told = valueAt(globalAccountData({ account_data: { events: data } }, type), ['content']);
    const update = idsAmong(arrayAt(next.json, ['rooms', roomId, 'timeline']), [nextId]);
    return outcomeOf(
      [
        ...expectEqual(first, { wanted: joined, got: listed.toSorted() }, claims.list),
        ...expectEqual(
          first,
          { wanted: timelineOf(classic.json, roomId).slice(-3).map(essenceOf), got: slid },
          claims.timeline,
        ),
        ...expectEqual(
          first,
          { wanted: whole, got: stateSet(arrayAt(first.json, ['rooms', roomId, 'required_state'])) },
          claims.state,
        ),
        ...expectEqual(first, { wanted: { wert: 1 }, got: told }, claims.extension),
        ...expectEqual(next, { wanted: [nextId], got: update }, claims.update),
      ],
      'Liste, Verlauf, Zustand und Kontodaten wie in der gewöhnlichen Synchronisation',
    );
  },
});

/** Asks for all rooms in a list and for one with all of its state. */
function slide({ request }: Tools, session: Parameters<typeof syncedTo>[1], roomId: string, pos?: string) {
  const window = { timeline_limit: 3, required_state: [['m.room.create', '']] };
  const body = {
    lists: { alle: { ...window, ranges: [[0, 19]] } },
    room_subscriptions: { [roomId]: { ...window, required_state: [['*', '*']] } },
    extensions: { account_data: { enabled: true } },
  };
  const query = { timeout: '0', ...(pos !== undefined && { pos }) };
  return request('POST', path, { session, query, body });
}

function inRooms(at: readonly string[], value: unknown): Alteration {
  return (answer) => {
    const rooms = Object.entries(objectAt(answer.json, ['rooms'])).map(([id, room]) => [
      id,
      withValueAt(room, at, value),
    ]);
    return { ...answer, json: withValueAt(answer.json, ['rooms'], Object.fromEntries(rooms)) };
  };
}
