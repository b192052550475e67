import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingRoomList } from '../../lib/event-defects.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { hasEvent, syncOnce, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { hasType, inlineFilter, stateOf } from '../../lib/sync-sections.ts';

const when = { path: syncTemplate };
const query = inlineFilter({ room: { state: { lazy_load_members: true }, timeline: { limit: 1 } } });
const claims = {
  speakers: { code: 'speaker-missing', title: 'Es fehlt ein Mitglied, von dem eine Nachricht kommt' },
  silent: { code: 'silent-sent', title: 'Es kommen Mitglieder, von denen keine Nachricht kommt' },
  gap: { code: 'gap-speaker-missing', title: 'Nach einer Lücke fehlt ein Mitglied, von dem eine Nachricht kommt' },
  strict: { code: 'no-boolean-accepted', title: 'Etwas anderes als wahr oder falsch wird angenommen' },
};

// Who loads members only when needed gets exactly those who speak, and themself.
// https://spec.matrix.org/v1.19/client-server-api/#lazy-loading-room-members
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-lazy',
    title: 'Wer Mitglieder bei Bedarf lädt, erhält genau die sprechenden',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('lazy-loading-room-members'),
  },
  counterexamples: [
    {
      title: 'Die Mitglieder fehlen',
      defect: {
        when,
        alter: changingRoomList(['state', 'events'], (events) =>
          events.filter((event) => !hasType(event, 'm.room.member')),
        ),
      },
      expectFinding: claims.speakers.code,
    },
    {
      title: 'Alle Mitglieder kommen',
      defect: {
        when,
        alter: changingRoomList(['state', 'events'], (events) => [
          ...events,
          { type: 'm.room.member', state_key: '@fremd:example.org' },
        ]),
      },
      expectFinding: claims.silent.code,
    },
    {
      title: 'Nach einer Lücke fehlen sie',
      defect: {
        when,
        alter: (answer, seen) =>
          seen.query.includes('since=') ? changingRoomList(['state', 'events'], () => [])(answer, seen) : answer,
      },
      expectFinding: claims.gap.code,
    },
    {
      title: 'Jeder Wert wird angenommen',
      defect: { when, alter: (answer) => ({ ...answer, status: 200 }) },
      expectFinding: claims.strict.code,
    },
  ],
  async run(tools) {
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    // A room with a name is not called after its members, who then come with it.
    const roomId = await tools.room(alice, { name: 'Prüfung' });
    for (const guest of [bob, carol]) await tools.join(roomId, alice, guest);
    const spoken = await tools.sendProbe(bob, roomId);
    const seen = (eventId: string) => (json: unknown) => hasEvent(timelineOf(json, roomId), eventId);
    await syncedTo(tools, carol, { until: seen(spoken) });
    const initial = await syncedTo(tools, carol, { query, until: seen(spoken) });
    for (const speaker of [alice, bob, alice]) await tools.sendProbe(speaker, roomId);
    const last = await tools.sendProbe(alice, roomId);
    const since = stringAt(initial.json, ['next_batch']) ?? '';
    const gapped = await syncedTo(tools, carol, { since, query, until: seen(last) });
    const strict = inlineFilter({ room: { state: { lazy_load_members: 'true' } } });
    const wrong = await syncOnce(tools.request, carol, { timeout: 0, query: strict });
    const members = (answer: Answer) =>
      stateOf(premise(answer).json, roomId).flatMap((event) =>
        hasType(event, 'm.room.member') ? (stringAt(event, ['state_key']) ?? []) : [],
      );
    // Oneself may come, asked for or not.
    const others = (answer: Answer) => members(answer).filter((member) => member !== carol.userId);
    const silent = (answer: Answer, speaker: string) => others(answer).filter((member) => member !== speaker);
    return outcomeOf(
      [
        ...expectThat(initial, members(initial).includes(bob.userId), {
          ...claims.speakers,
          expected: 'das sprechende Mitglied im Zustand',
          observed: `${members(initial).length} andere`,
        }),
        ...expectThat(gapped, members(gapped).includes(alice.userId), {
          ...claims.gap,
          expected: 'das sprechende Mitglied im Zustand',
          observed: `${members(gapped).length} andere`,
        }),
        ...expectEqual(initial, { wanted: [], got: silent(initial, bob.userId) }, claims.silent),
        ...expectEqual(gapped, { wanted: [], got: silent(gapped, alice.userId) }, claims.silent),
        ...expectStatus(wrong, 400, claims.strict),
      ],
      'Zu Anfang und nach einer Lücke genau die sprechenden Mitglieder',
    );
  },
});
