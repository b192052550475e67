import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { arrayAt, objectAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { hasEvent, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { changingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomIn, syncStart } from '../../lib/sync-sections.ts';

const when = { path: syncTemplate };
const query = inlineFilter({ room: { state: { lazy_load_members: true } } });
const [heroes, joined, invited] = ['m.heroes', 'm.joined_member_count', 'm.invited_member_count'];
const claims = {
  counts: { code: 'counts-differ', title: 'Die Zahl der Mitglieder und Eingeladenen stimmt nicht' },
  heroes: { code: 'heroes-differ', title: 'Ein Raum ohne Namen nennt nicht genau die anderen, nach denen er heißt' },
  change: { code: 'change-untold', title: 'Eine geänderte Zahl der Mitglieder wird nicht mitgeteilt' },
};
const always = (key: string, value: unknown) => ({
  when,
  alter: changingRooms('join', (room) => withValueAt(room, ['summary', key], value)),
});

// A room without a name is called after the others in it, and the numbers of members follow every change.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-summary',
    title: 'Die Zusammenfassung eines Raums nennt die richtigen Personen und Zahlen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3sync'),
  },
  counterexamples: [
    { title: 'Niemand ist eingeladen', defect: always(invited, 0), expectFinding: claims.counts.code },
    {
      title: 'Fremde geben den Namen',
      defect: always(heroes, ['@fremd:example.org']),
      expectFinding: claims.heroes.code,
    },
    { title: 'Es bleibt bei zwei Mitgliedern', defect: always(joined, 2), expectFinding: claims.change.code },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const { invite, join } = membershipSteps(request);
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    const since = await syncStart(tools, alice, query);
    await tools.join(roomId, alice, bob);
    premise(await invite(alice, roomId, carol));
    const settled = async (from: string) => {
      const eventId = await tools.sendProbe(alice, roomId);
      const until = (json: unknown) => hasEvent(timelineOf(json, roomId), eventId);
      const answer = await syncedTo(tools, alice, { since: from, query, until });
      return { answer, summary: objectAt(roomIn(answer.json, 'join', roomId), ['summary']) };
    };
    const before = await settled(since);
    premise(await join(carol, roomId));
    const next = valueAt(before.answer.json, ['next_batch']);
    const after = await settled(typeof next === 'string' ? next : since);
    const counts = { [joined]: before.summary[joined], [invited]: before.summary[invited] };
    const others = [bob.userId, carol.userId].toSorted();
    const got = arrayAt(before.summary, [heroes]).map(String).toSorted();
    return outcomeOf(
      [
        ...expectEqual(before.answer, { wanted: { [joined]: 2, [invited]: 1 }, got: counts }, claims.counts),
        ...expectEqual(before.answer, { wanted: others, got }, claims.heroes),
        ...expectEqual(after.answer, { wanted: 3, got: after.summary[joined] }, claims.change),
      ],
      'Personen und Zahlen stimmen und folgen der Änderung',
    );
  },
});
