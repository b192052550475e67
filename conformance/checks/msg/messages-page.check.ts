import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { changingList, doubling, dropping } from '../../lib/event-defects.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import {
  chunkOf,
  eventIdsOf,
  idsAmong,
  latestMessages,
  messagesTemplate,
  numbersOf,
  readMessages,
  sendProbes,
} from '../../lib/room-events.ts';
import type { Tools } from '../../lib/tools.ts';

const count = 9;
const limit = 4;
const mostPages = 20;
const when = { path: messagesTemplate };
const claims = {
  backward: { code: 'backward-incomplete', title: 'Rückwärts geblättert erscheint nicht jedes Ereignis genau einmal' },
  forward: { code: 'forward-incomplete', title: 'Vorwärts geblättert erscheint nicht jedes Ereignis genau einmal' },
  limit: { code: 'limit-exceeded', title: 'Eine Seite des Verlaufs enthält mehr Ereignisse als verlangt' },
  stable: { code: 'token-unstable', title: 'Dieselbe Marke führt beim zweiten Mal zu einer anderen Seite' },
  direction: { code: 'direction-accepted', title: 'Eine unsinnige Richtung wird nicht zurückgewiesen' },
};

// Turning the pages of the history covers every event once, in both directions.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidmessages
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.messages-page',
    title: 'Beim Blättern im Verlauf erscheint jedes Ereignis genau einmal',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3roomsroomidmessages'),
  },
  counterexamples: [
    {
      title: 'Jede Seite wiederholt ein Ereignis',
      defect: { when, alter: changingList(['chunk'], (events) => [...events, ...events.slice(0, 1)]) },
      expectFinding: claims.backward.code,
    },
    {
      title: 'Vorwärts fehlen alle Ereignisse',
      defect: {
        when,
        alter: (answer, seen) =>
          seen.query.includes('dir=f') ? changingList(['chunk'], dropping)(answer, seen) : answer,
      },
      expectFinding: claims.forward.code,
    },
    {
      title: 'Seiten sind doppelt so lang wie verlangt',
      defect: { when, alter: changingList(['chunk'], doubling) },
      expectFinding: claims.limit.code,
    },
    {
      title: 'Eine Marke führt jedes Mal woandershin',
      defect: {
        when,
        alter: (answer, seen) =>
          seen.earlier.length % 2 === 0 ? answer : changingList(['chunk'], (events) => events.slice(1))(answer, seen),
      },
      expectFinding: claims.stable.code,
    },
    {
      title: 'Jede Richtung gilt',
      defect: {
        when,
        alter: (answer, seen) =>
          answer.status === 400 ? answering(200, { start: 's', chunk: [] })(answer, seen) : answer,
      },
      expectFinding: claims.direction.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const alice = await tools.user('alice');
    const roomId = await tools.room(alice);
    const sent = await sendProbes(tools, alice, roomId, count);
    await latestMessages(tools, alice, { roomId, eventId: sent.at(-1) ?? '' });
    const back = await pages(tools, alice, roomId, 'b');
    const ahead = await pages(tools, alice, roomId, 'f');
    const from = stringAt(back[0]?.json, ['end']) ?? '';
    const query = { dir: 'b', limit: String(limit), from };
    const again = [
      await readMessages(request, alice, roomId, query),
      await readMessages(request, alice, roomId, query),
    ] as const;
    const wrongDirection = await readMessages(request, alice, roomId, { dir: 'seitwärts' });
    const numbers = (answers: readonly Answer[]) =>
      answers.flatMap((answer) => numbersOf(idsAmong(chunkOf(answer), sent), sent));
    const wanted = sent.map((_, index) => index + 1);
    const [last, longest] = [again[1], [...back, ...ahead].find((page) => chunkOf(page).length > limit)];
    return outcomeOf(
      [
        ...expectEqual(last, { wanted: wanted.toReversed(), got: numbers(back) }, claims.backward),
        ...expectEqual(last, { wanted, got: numbers(ahead) }, claims.forward),
        ...expectThat(longest ?? last, longest === undefined, {
          ...claims.limit,
          expected: `höchstens ${limit} Ereignisse je Seite`,
          observed: `${longest === undefined ? 0 : chunkOf(longest).length} Ereignisse`,
        }),
        ...expectEqual(last, { wanted: eventIdsOf(chunkOf(again[0])), got: eventIdsOf(chunkOf(last)) }, claims.stable),
        ...expectStatus(wrongDirection, 400, claims.direction),
      ],
      `${count} Ereignisse in Seiten zu ${limit}: in beiden Richtungen jedes genau einmal`,
    );
  },
});

/** Page after page until the target says that there are no more. */
async function pages({ request }: Tools, session: Session, roomId: string, dir: 'b' | 'f'): Promise<readonly Answer[]> {
  const all: Answer[] = [];
  for (let from: string | undefined; all.length < mostPages; ) {
    const query = { dir, limit: String(limit), ...(from !== undefined && { from }) };
    const page = premise(await readMessages(request, session, roomId, query));
    all.push(page);
    from = stringAt(page.json, ['end']);
    if (from === undefined || (dir === 'f' && chunkOf(page).length === 0)) break;
  }
  return all;
}
