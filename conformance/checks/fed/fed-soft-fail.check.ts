import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { changingTimelines } from '../../lib/event-defects.ts';
import { showingHidden } from '../../lib/hidden-events.ts';
import { arrayAt, objectAt, stringAt, withValueAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { eventTemplate } from '../../lib/room-events.ts';
import { serverClause } from '../../lib/server-api.ts';
import { hasEvent, timelineOf } from '../../lib/sync.ts';
import { arrivalMs, inlineFilter, roomsOnly, syncStart } from '../../lib/sync-sections.ts';
import { bring, expectHidden, following, probeFrom } from '../../peer/bring.ts';
import { expectGenuine } from '../../peer/genuine-events.ts';
import { joinRoom } from '../../peer/join-room.ts';
import { openPeer, remoteEventPath } from '../../peer/peer.ts';

const lateText = 'nachgereicht';

// Who was banned cannot go on speaking by sending events that pretend to be from before the ban.
// https://spec.matrix.org/v1.19/server-server-api/#soft-failure
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-soft-fail',
    title: 'Was eine gesperrte Person als angeblich älteres Ereignis nachreicht, zeigt der Server niemandem',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('soft-failure'),
  },
  variant: 'federated',
  counterexamples: [
    { title: 'Das nachgereichte Ereignis ist lesbar', defect: showingHidden, expectFinding: 'late-shown' },
    {
      title: 'Das nachgereichte Ereignis steht im Zeitverlauf',
      defect: {
        when: { path: /\/send\/|\/sync$/ },
        alter: (answer, seen) => {
          if (!seen.path.endsWith('/sync')) return answer;
          const [late = ''] = seen.earlier.flatMap(({ json }) => Object.keys(objectAt(json, ['pdus'])));
          return changingTimelines((events) => [{ event_id: late }, ...events])(answer, seen);
        },
      },
      expectFinding: 'late-relayed',
    },
    {
      title: 'Eigene Ereignisse schließen an das nachgereichte an',
      defect: {
        when: { path: /\/federation\/v1\/(send|event)\// },
        alter: (answer, { path, earlier }) => {
          if (!path.includes('/event/')) return answer;
          const late = earlier.flatMap(({ json }) => Object.keys(objectAt(json, ['pdus']))).slice(0, 1);
          return { ...answer, json: withValueAt(answer.json, ['pdus', 0, 'prev_events'], late) };
        },
      },
      expectFinding: 'late-referenced',
    },
    {
      title: 'Ein Ereignis, das an das nachgereichte anschließt, geht verloren',
      defect: { when: { method: 'GET', path: eventTemplate }, alter: setting(['content'], {}) },
      expectFinding: 'following-lost',
    },
  ],
  async run(tools) {
    const { request } = tools;
    const alice = await tools.user('alice');
    const [peer, watcher] = [await openPeer(tools), await openPeer(tools)];
    const [mallory, carol] = [peer.userId('mallory'), watcher.userId('carol')];
    const roomId = await tools.room(alice, { preset: 'public_chat' });
    const watched = await joinRoom(watcher, { roomId, userId: carol });
    const room = await joinRoom(peer, { roomId, userId: mallory });
    const query = inlineFilter({ ...roomsOnly, room: { rooms: [roomId], state: { types: [] } } });
    const since = await syncStart(tools, alice, query);
    premise(await membershipSteps(request).ban(alice, roomId, { userId: mallory }));
    const late = probeFrom(peer, room, mallory, lateText);
    premise(await peer.send({ pdus: [late] }));
    const beside = probeFrom(watcher, watched, carol, 'daneben');
    premise(await bring(tools, { peer: watcher, reader: alice, roomId }, [beside]));
    const own = await tools.sendProbe(alice, roomId);
    const ownAsSent = premise(await watcher.ask('GET', remoteEventPath, { params: { eventId: own } }));
    watched.know([late]);
    const after = probeFrom(watcher, watched, carol, 'danach', following([late]));
    const seen = await bring(tools, { peer: watcher, reader: alice, roomId }, [after]);
    const news = await tools.waitForSync(alice, {
      since,
      query,
      until: (json) => hasEvent(timelineOf(json, roomId), after.eventId),
      deadlineMs: arrivalMs,
    });
    const relayed = news.answers.some(({ json }) => hasEvent(timelineOf(json, roomId), late.eventId));
    const resting = arrayAt(ownAsSent.json, ['pdus', 0, 'prev_events']);
    return outcomeOf(
      [
        ...(await expectHidden(tools, { reader: alice, roomId }, late, {
          code: 'late-shown',
          title: 'Ein nachgereichtes Ereignis einer gesperrten Person ist lesbar',
        })),
        ...expectThat(news.last, !relayed, {
          code: 'late-relayed',
          title: 'Ein nachgereichtes Ereignis einer gesperrten Person erscheint im Zeitverlauf',
          expected: 'nicht in /sync',
          observed: 'in /sync',
        }),
        ...expectThat(ownAsSent, resting.length > 0 && !resting.includes(late.eventId), {
          code: 'late-referenced',
          title: 'Der Server schließt eigene Ereignisse an das nachgereichte einer gesperrten Person an',
          expected: 'prev_events ohne das nachgereichte Ereignis',
          observed: resting.includes(late.eventId) ? 'prev_events mit ihm' : 'keine prev_events',
        }),
        ...expectThat(seen, stringAt(seen.json, ['content', 'probe']) === 'danach', {
          code: 'following-lost',
          title: 'Ein erlaubtes Ereignis, das an ein nachgereichtes anschließt, kommt nicht an',
          expected: 'das Ereignis mit seinem Inhalt',
          observed: `Status ${seen.status}`,
        }),
        ...(await expectGenuine(tools, [peer, watcher])),
      ],
      'Das nachgereichte Ereignis sieht niemand, eigene Ereignisse schließen nicht daran an, erlaubte fremde dürfen es',
    );
  },
});
