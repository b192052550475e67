import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat, type Findings } from '../../lib/match.ts';
import { sendText } from '../../lib/messages.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { expectMalformed } from '../../lib/refusals.ts';
import { inResults, searchPath as path, resultIds, searchMessages, searchResults } from '../../lib/room-search.ts';
import type { Tools } from '../../lib/tools.ts';

// A search finds the messages that contain the word and no others, newest first when asked so, page by page.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3search
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.search-body',
    title: 'Die Volltextsuche findet genau die Nachrichten mit dem Suchwort, zählt sie und liefert sie seitenweise',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3search'),
  },
  counterexamples: [
    {
      title: 'Nichts wird gefunden',
      defect: { when: { path }, alter: setting(inResults(['results']), []) },
      expectFinding: 'results-differ',
    },
    {
      title: 'Die Zahl der Treffer ist falsch',
      defect: { when: { path }, alter: setting(inResults(['count']), 99) },
      expectFinding: 'wrong-count',
    },
    {
      title: 'Die zweite Seite wiederholt die erste',
      defect: {
        when: { path },
        alter: (answer, { query, earlier }) => {
          const first = earlier.find(({ json }) => valueAt(json, inResults(['results']))?.toString() !== undefined);
          return query.includes('next_batch') && first !== undefined ? { ...answer, json: first.json } : answer;
        },
      },
      expectFinding: 'pages-differ',
    },
    {
      title: 'Der Zusammenhang fehlt',
      defect: { when: { path }, alter: setting(inResults(['results', 0, 'context', 'events_before']), []) },
      expectFinding: 'context-missing',
    },
    {
      title: 'Eine Suche ohne Angaben wird angenommen',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          answer.status === 400 ? answering(200, { search_categories: {} })(answer, seen) : answer,
      },
      expectFinding: 'empty-search-accepted',
    },
  ],
  async run(tools) {
    const { request, user, room, random, poll } = tools;
    const alice = await user('alice');
    const roomId = await room(alice);
    const word = `pruefstand${random.word(12)}`;
    const sent: string[] = [];
    for (const number of [1, 2, 3])
      sent.push(await sendText(tools, alice, roomId, { body: `${word} Nummer ${number}` }));
    await sendText(tools, alice, roomId, { body: 'etwas anderes' });
    const options = {
      order_by: 'recent',
      filter: { rooms: [roomId], limit: 10 },
      event_context: { before_limit: 1, after_limit: 0 },
    };
    const found = await poll({
      ask: async () => premise(await searchMessages(request, alice, word, options)),
      until: (answer) => resultIds(answer).length >= sent.length,
      deadlineMs: settlingMs,
    });
    const pages = await twoPages(tools, alice, { word, roomId });
    const empty = await request('POST', path, { session: alice, body: {} });
    const before = arrayAt(searchResults(found)[0], ['context', 'events_before']);
    return outcomeOf(
      [
        ...expectEqual(
          found,
          {
            wanted: sent.toReversed().map((event_id) => ({ event_id, room_id: roomId, sender: alice.userId })),
            got: searchResults(found).map(originOf),
          },
          {
            code: 'results-differ',
            title: 'Die Suche findet nicht genau die Nachrichten mit dem Suchwort, neueste zuerst',
          },
        ),
        ...expectEqual(
          found,
          { wanted: sent.length, got: valueAt(found.json, inResults(['count'])) },
          { code: 'wrong-count', title: 'Die Zahl der Treffer stimmt nicht' },
        ),
        ...expectEqual(
          found,
          { wanted: [sent[1]], got: before.map((event) => stringAt(event, ['event_id'])) },
          { code: 'context-missing', title: 'Zum Treffer fehlt die Nachricht davor' },
        ),
        ...pageFindings(pages, sent),
        ...expectMalformed(empty, {
          code: 'empty-search-accepted',
          title: 'Eine Suche ohne Angaben wird angenommen',
        }),
      ],
      `${sent.length} Treffer, gezählt, mit Zusammenhang und auf zwei Seiten; ohne Angaben 400`,
    );
  },
});

const originOf = (result: unknown) => ({
  event_id: stringAt(result, ['result', 'event_id']),
  room_id: stringAt(result, ['result', 'room_id']),
  sender: stringAt(result, ['result', 'sender']),
});

/** Two results, then the rest. */
async function twoPages(
  { request }: Tools,
  session: Session,
  { word, roomId }: { readonly word: string; readonly roomId: string },
): Promise<readonly Answer[]> {
  const options = { order_by: 'recent', filter: { rooms: [roomId], limit: 2 } };
  const first = premise(await searchMessages(request, session, word, options));
  const nextBatch = stringAt(first.json, inResults(['next_batch']));
  return nextBatch === undefined
    ? [first]
    : [first, premise(await searchMessages(request, session, word, { ...options, nextBatch }))];
}

function pageFindings(pages: readonly Answer[], sent: readonly string[]): Findings {
  const got = pages.map(resultIds);
  return pages.slice(-1).flatMap((last) =>
    expectThat(last, JSON.stringify(got) === JSON.stringify([sent.slice(1).toReversed(), sent.slice(0, 1)]), {
      code: 'pages-differ',
      title: 'Die Seiten der Suche ergeben nicht genau die Treffer',
      expected: 'zwei Seiten, erst zwei Treffer, dann einer',
      observed: got.map(({ length }) => `${length} Treffer`).join(', '),
    }),
  );
}
