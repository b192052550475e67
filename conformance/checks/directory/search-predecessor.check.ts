import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingList } from '../../lib/event-defects.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { sendText } from '../../lib/messages.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { inResults, searchPath as path, resultIds, searchMessages } from '../../lib/room-search.ts';
import { upgraded, upgradePath } from '../../lib/upgrades.ts';

// A room that replaces another one is searched together with what was said before.
// https://spec.matrix.org/v1.19/client-server-api/#server-side-search
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.search-predecessor',
    title: 'Die Suche in einem aufgewerteten Raum findet auch, was in seinem Vorgänger steht',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('server-side-search'),
    standing: 'informative',
    rows: ['search-body'],
  },
  counterexamples: [
    {
      title: 'Was vor der Aufwertung gesagt wurde, fehlt',
      defect: {
        when: { path },
        alter: changingList(inResults(['results']), (results) => results.slice(0, 1)),
      },
      expectFinding: 'predecessor-missing',
    },
    {
      title: 'Das neu Gesagte fehlt',
      defect: { when: { path }, alter: changingList(inResults(['results']), (results) => results.slice(1)) },
      expectFinding: 'predecessor-missing',
    },
  ],
  async run(tools) {
    const { request, random, poll } = tools;
    const alice = await tools.user('alice');
    const { from, to } = await upgradePath(request, alice);
    const old = await tools.room(alice, { room_version: from });
    const word = `pruefstand${random.word(12)}`;
    const before = await sendText(tools, alice, old, { body: `${word} vorher` });
    const roomId = await upgraded(request, alice, old, to);
    const after = await sendText(tools, alice, roomId, { body: `${word} nachher` });
    const options = { order_by: 'recent', filter: { rooms: [roomId], limit: 10 } };
    const found = await poll({
      ask: async () => premise(await searchMessages(request, alice, word, options)),
      until: (answer) => resultIds(answer).length >= 2,
      deadlineMs: settlingMs,
    });
    return outcomeOf(
      expectEqual(
        found,
        { wanted: [[after, before], 2], got: [resultIds(found), valueAt(found.json, inResults(['count']))] },
        {
          code: 'predecessor-missing',
          title: 'Die Suche in einem aufgewerteten Raum findet nicht, was in ihm und seinem Vorgänger steht',
        },
      ),
      'Beide Nachrichten gefunden, die neuere zuerst',
    );
  },
});
