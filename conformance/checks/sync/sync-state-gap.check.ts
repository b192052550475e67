import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingRoomList, dropping } from '../../lib/event-defects.ts';
import { stringAt, withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { sendProbes } from '../../lib/room-events.ts';
import { stateValue } from '../../lib/room-state.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { setState } from '../../lib/state-requests.ts';
import { hasEvent, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { hasType, inlineFilter, stateOf, syncStart } from '../../lib/sync-sections.ts';

const when = { path: syncTemplate };
const state = ['state', 'events'];
const query = inlineFilter({ room: { timeline: { limit: 2 } } });
const claims = {
  topic: { code: 'state-lost', title: 'Eine Änderung des Raums, die in der Lücke geschah, geht verloren' },
  member: { code: 'member-lost', title: 'Ein Beitritt, der in der Lücke geschah, geht verloren' },
};

// What changed in a room while messages were skipped is told all the same.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-state-gap',
    title: 'Änderungen des Raums in einer Lücke werden mitgeteilt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('syncing'),
  },
  counterexamples: [
    {
      title: 'Der Zustand fehlt',
      defect: { when, alter: changingRoomList(state, dropping) },
      expectFinding: claims.topic.code,
    },
    {
      title: 'Der Zustand ist veraltet',
      defect: {
        when,
        alter: changingRoomList(state, (events) =>
          events.map((event) =>
            hasType(event, 'm.room.topic') ? withValueAt(event, ['content', 'topic'], 'alt') : event,
          ),
        ),
      },
      expectFinding: claims.topic.code,
    },
    {
      title: 'Neue Mitglieder fehlen',
      defect: {
        when,
        alter: changingRoomList(state, (events) => events.filter((event) => !hasType(event, 'm.room.member'))),
      },
      expectFinding: claims.member.code,
    },
  ],
  async run(tools) {
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const roomId = await tools.room(alice, { topic: 'alt' });
    await tools.join(roomId, alice, bob);
    const since = await syncStart(tools, bob, query);
    const change = (topic: string) => setState(tools.request, alice, { roomId, eventType: 'm.room.topic' }, { topic });
    premise(await change('zwischendurch'));
    premise(await change('neu'));
    await tools.join(roomId, alice, carol);
    const sent = await sendProbes(tools, alice, roomId, 4);
    const until = (json: unknown) => hasEvent(timelineOf(json, roomId), sent.at(-1) ?? '');
    const sync = await syncedTo(tools, bob, { since, query, until });
    const events = stateOf(sync.json, roomId);
    const joined = events.filter(
      (event) => hasType(event, 'm.room.member') && stringAt(event, ['state_key']) === carol.userId,
    );
    return outcomeOf(
      [
        ...expectEqual(sync, { wanted: 'neu', got: stateValue(events, 'm.room.topic', ['topic']) }, claims.topic),
        ...expectEqual(
          sync,
          { wanted: ['join'], got: joined.map((event) => stringAt(event, ['content', 'membership'])) },
          claims.member,
        ),
      ],
      'Thema und Beitritt aus der Lücke stehen im Zustand',
    );
  },
});
