import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { arrayAt, objectAt, valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { getPresence, presenceTemplate, setPresence } from '../../lib/presence.ts';
import { hasEvent, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { arrivalMs, syncStart } from '../../lib/sync-sections.ts';

const claims = {
  pushed: { code: 'presence-told', title: 'Die Anwesenheit einer Person wird anderen mitgeteilt' },
  asked: { code: 'presence-answered', title: 'Die Anwesenheit einer Person lässt sich abfragen' },
  activity: { code: 'activity-answered', title: 'Statustext oder letzte Aktivität einer Person lassen sich abfragen' },
};

// In an authority nobody sees who is there or was last active: neither unasked nor on request.
// https://spec.matrix.org/v1.19/client-server-api/#presence
export const check = conformanceCheck({
  meta: {
    id: 'conformance.eph.presence-off',
    title: 'Niemand erfährt, wer gerade anwesend ist oder zuletzt aktiv war',
    requirements: ['DS-03', 'MB-04'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('presence'),
  },
  counterexamples: [
    {
      title: 'Die Anwesenheit wird mitgeteilt',
      defect: {
        when: { path: syncTemplate },
        alter: setting(['presence', 'events'], [{ type: 'm.presence', sender: '@alice:example.org', content: {} }]),
      },
      expectFinding: claims.pushed.code,
    },
    {
      title: 'Die Anwesenheit wird auf Anfrage genannt',
      defect: { when: { method: 'GET', path: presenceTemplate }, alter: setting(['presence'], 'online') },
      expectFinding: claims.asked.code,
    },
    {
      title: 'Die letzte Aktivität wird genannt',
      defect: { when: { method: 'GET', path: presenceTemplate }, alter: setting(['last_active_ago'], 1_000) },
      expectFinding: claims.activity.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice);
    await tools.join(roomId, alice, bob);
    const since = await syncStart(tools, bob);
    const status = { presence: 'online', status_msg: tools.random.word(12) } as const;
    premise(await setPresence(request, alice, status));
    // Being active tells as much as saying so.
    const eventId = await tools.sendProbe(alice, roomId);
    const until = (json: unknown) => hasEvent(timelineOf(json, roomId), eventId);
    const end = await tools.waitForSync(bob, { since, until, deadlineMs: arrivalMs });
    const events = end.answers.flatMap(({ json }) => arrayAt(json, ['presence', 'events']));
    const asked = await getPresence(request, bob, alice.userId);
    const presence = asked.status === 200 ? valueAt(asked.json, ['presence']) : 'offline';
    const further = Object.keys(objectAt(asked.json, [])).filter(
      (key) => key.startsWith('last_') || key === 'status_msg',
    );
    return outcomeOf(
      [
        ...expectEqual(end.last, { wanted: 0, got: events.length }, claims.pushed),
        ...expectEqual(asked, { wanted: 'offline', got: presence }, claims.asked),
        ...expectEqual(asked, { wanted: [], got: further }, claims.activity),
      ],
      'Weder unverlangt noch auf Anfrage ein Wort über Anwesenheit oder Aktivität',
    );
  },
});
