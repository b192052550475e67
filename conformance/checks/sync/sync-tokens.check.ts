import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { withStatus } from '../../lib/defect.ts';
import { changingTimelines, dropping } from '../../lib/event-defects.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { idsAmong, numbersOf, sendProbes } from '../../lib/room-events.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { hasEvent, syncOnce, syncTemplate, timelineOf } from '../../lib/sync.ts';
import { inlineFilter, syncStart } from '../../lib/sync-sections.ts';

const when = { path: syncTemplate };
const garbage = ['keine-marke', 's', '', 's1_', '🙂'];
const claims = {
  same: { code: 'answers-differ', title: 'Dieselbe Marke liefert beim zweiten Mal etwas anderes' },
  filtered: { code: 'token-bound', title: 'Eine Marke führt mit anderem Filter zu anderen Nachrichten' },
  garbage: { code: 'garbage-accepted', title: 'Eine unsinnige Marke wird nicht zurückgewiesen' },
};

// A client that lost an answer asks again with the same token and misses nothing; nonsense is refused, not suffered.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-tokens',
    title: 'Marken der Synchronisation lassen sich wiederverwenden, unsinnige werden zurückgewiesen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3sync'),
  },
  counterexamples: [
    {
      title: 'Was einmal geholt wurde, kommt nicht wieder',
      defect: {
        when,
        alter: (answer, seen) =>
          seen.earlier.some(({ json }) => JSON.stringify(json).includes('de.pruefstand.probe'))
            ? changingTimelines(dropping)(answer, seen)
            : answer,
      },
      expectFinding: claims.same.code,
    },
    {
      title: 'Mit Filter kommt nichts',
      defect: {
        when,
        alter: (answer, seen) => (seen.query.includes('filter=') ? changingTimelines(dropping)(answer, seen) : answer),
      },
      expectFinding: claims.filtered.code,
    },
    { title: 'Jede Marke gilt', defect: { when, alter: withStatus(200) }, expectFinding: claims.garbage.code },
  ],
  async run(tools) {
    const { request } = tools;
    const alice = await tools.user('alice');
    const roomId = await tools.room(alice);
    const since = await syncStart(tools, alice);
    const sent = await sendProbes(tools, alice, roomId, 3);
    const until = (json: unknown) => hasEvent(timelineOf(json, roomId), sent[2] ?? '');
    const first = await syncedTo(tools, alice, { since, until });
    const ask = async (query: Readonly<Record<string, string>>) =>
      premise(await syncOnce(request, alice, { timeout: 0, since, query }));
    // Another waiting time, so that the answer is made anew.
    const again = await ask({ timeout: '1' });
    const filtered = await ask(inlineFilter({ room: { timeline: { limit: 20 } } }));
    const numbers = (json: unknown) => numbersOf(idsAmong(timelineOf(json, roomId), sent), sent);
    const wanted = [1, 2, 3];
    const refused = [];
    for (const token of garbage) refused.push(await syncOnce(request, alice, { timeout: 0, since: token }));
    return outcomeOf(
      [
        ...expectEqual(first, { wanted, got: numbers(first.json) }, claims.same),
        ...expectEqual(again, { wanted, got: numbers(again.json) }, claims.same),
        ...expectEqual(filtered, { wanted, got: numbers(filtered.json) }, claims.filtered),
        ...refused.flatMap((answer) => expectStatus(answer, 400, claims.garbage)),
      ],
      `Dieselbe Marke, dieselben Nachrichten; ${garbage.length} unsinnige Marken zurückgewiesen`,
    );
  },
});
