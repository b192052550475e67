import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingList, changingTimelines } from '../../lib/event-defects.ts';
import { stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { chunkOf, idsAmong, messagesTemplate, numbersOf, readMessages, sendProbes } from '../../lib/room-events.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { hasEvent, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { changingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomIn, syncStart } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const count = 9;
const limit = 3;
const mostPages = 10;
const query = inlineFilter({ room: { timeline: { limit } } });
const claims = {
  limited: {
    code: 'gap-hidden',
    title: 'Der Server verschweigt, dass Nachrichten fehlen, oder womit man sie nachlädt',
  },
  latest: { code: 'latest-differ', title: 'Nach einer Pause kommen nicht genau die letzten Nachrichten' },
  filled: { code: 'gap-not-filled', title: 'Nachgeladen erscheint nicht jede Nachricht genau einmal' },
};

// After a long absence the newest messages come at once, the gap is marked, and going back through it loses nothing.
// https://spec.matrix.org/v1.19/client-server-api/#syncing
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-gap',
    title: 'Nach einer Pause ist die Lücke benannt und lässt sich ohne Verlust nachladen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('syncing'),
  },
  counterexamples: [
    {
      title: 'Die Lücke wird verschwiegen',
      defect: {
        when: { path: syncTemplate },
        alter: changingRooms('join', (room) => withValueAt(room, ['timeline', 'limited'], false)),
      },
      expectFinding: claims.limited.code,
    },
    {
      title: 'Statt der letzten Nachrichten kommt nur eine',
      defect: { when: { path: syncTemplate }, alter: changingTimelines((events) => events.slice(0, 1)) },
      expectFinding: claims.latest.code,
    },
    {
      title: 'Beim Nachladen geht etwas verloren',
      defect: { when: { path: messagesTemplate }, alter: changingList(['chunk'], (events) => events.slice(1)) },
      expectFinding: claims.filled.code,
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice);
    await tools.join(roomId, alice, bob);
    const since = await syncStart(tools, bob, query);
    const sent = await sendProbes(tools, alice, roomId, count);
    const until = (json: unknown) => hasEvent(timelineOf(json, roomId), sent.at(-1) ?? '');
    const sync = await syncedTo(tools, bob, { since, query, until });
    const timeline = roomIn(sync.json, 'join', roomId);
    const from = stringAt(timeline, ['timeline', 'prev_batch']);
    const latest = numbersOf(idsAmong(timelineOf(sync.json, roomId), sent), sent);
    const older = await back(tools, bob, roomId, from ?? '');
    const earlier = numbersOf(idsAmong(older, sent), sent).toReversed();
    const wanted = sent.map((_, index) => index + 1);
    const isMarked = valueAt(timeline, ['timeline', 'limited']) === true && from !== undefined;
    return outcomeOf(
      [
        ...expectThat(sync, isMarked, {
          ...claims.limited,
          expected: 'limited: true und prev_batch',
          observed: `limited: ${valueAt(timeline, ['timeline', 'limited'])}, prev_batch ${from === undefined ? 'fehlt' : 'vorhanden'}`,
        }),
        ...expectEqual(sync, { wanted: wanted.slice(-limit), got: latest }, claims.latest),
        ...expectEqual(sync, { wanted, got: [...earlier, ...latest] }, claims.filled),
      ],
      `Die letzten ${limit} von ${count} Nachrichten sofort, die übrigen nachgeladen, jede genau einmal`,
    );
  },
});

/** Page after page into the past, to the beginning. */
async function back({ request }: Tools, session: Session, roomId: string, start: string): Promise<readonly unknown[]> {
  const events: unknown[] = [];
  let from: string | undefined = start;
  for (let page = 0; page < mostPages && from !== undefined; page++) {
    const answer = premise(await readMessages(request, session, roomId, { dir: 'b', limit: '5', from }));
    events.push(...chunkOf(answer));
    from = stringAt(answer.json, ['end']);
  }
  return events;
}
