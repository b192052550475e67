import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { hasEvent } from '../../lib/sync.ts';
import { probeType, sendTemplate } from '../../lib/tools.ts';

const messagesPath = '/_matrix/client/v3/rooms/{roomId}/messages';

// A client that repeats a request after a broken connection does not send twice; another device is not taken for it.
// https://spec.matrix.org/v1.19/client-server-api/#transaction-identifiers
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.txn-idempotent',
    title: 'Wiederholt ein Gerät eine Sendung, entsteht keine zweite Nachricht',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('transaction-identifiers'),
  },
  counterexamples: [
    {
      title: 'Die Wiederholung erhält eine neue Ereignis-ID',
      defect: { when: { path: sendTemplate }, alter: onlyNth(2, setting(['event_id'], '$anderes')) },
      expectFinding: 'sent-twice',
    },
    {
      title: 'Der Verlauf zeigt die Nachricht zweimal',
      defect: {
        when: { path: messagesPath },
        alter: (answer, seen) => {
          const chunk = arrayAt(answer.json, ['chunk']);
          return setting(['chunk'], [...chunk, ...chunk])(answer, seen);
        },
      },
      expectFinding: 'listed-twice',
    },
    {
      title: 'Ein anderes Gerät mit derselben Kennung wird für dasselbe gehalten',
      defect: {
        when: { path: sendTemplate },
        alter: (answer, seen) => (seen.earlier[0] === undefined ? answer : { ...answer, json: seen.earlier[0].json }),
      },
      expectFinding: 'devices-confused',
    },
  ],
  async run({ request, account, device, room, random, poll }) {
    const owner = await account('alice');
    const [first, second] = [await device(owner, 'Pruefstand eins'), await device(owner, 'Pruefstand zwei')];
    const roomId = await room(first);
    const params = { roomId, eventType: probeType, txnId: random.word(12) };
    const body = { probe: random.word(16) };
    const send = (session: Session) => request('PUT', sendTemplate, { params, session, body });
    const original = premiseString(await send(first), ['event_id']);
    const repeated = premise(await send(first));
    const other = premise(await send(second));
    const otherId = stringAt(other.json, ['event_id']);
    const query = { dir: 'b', limit: '20' };
    const messages = await poll({
      ask: async () => premise(await request('GET', messagesPath, { params: { roomId }, session: first, query })),
      until: ({ json }) => hasEvent(arrayAt(json, ['chunk']), otherId ?? original),
      deadlineMs: settlingMs,
    });
    const listed = arrayAt(messages.json, ['chunk']).filter((event) => valueAt(event, ['type']) === probeType);
    return outcomeOf(
      [
        ...expectEqual(
          repeated,
          { wanted: original, got: stringAt(repeated.json, ['event_id']) },
          {
            code: 'sent-twice',
            title: 'Eine wiederholte Sendung erzeugt ein zweites Ereignis',
          },
        ),
        ...expectThat(other, otherId !== original, {
          code: 'devices-confused',
          title: 'Die Sendung eines anderen Geräts wird für eine Wiederholung gehalten',
          expected: 'ein eigenes Ereignis je Gerät',
          observed: 'dieselbe Ereignis-ID',
        }),
        ...expectThat(messages, listed.length === 2, {
          code: 'listed-twice',
          title: 'Der Verlauf enthält nicht je Gerät genau ein Ereignis',
          expected: '2 Ereignisse',
          observed: `${listed.length} Ereignisse`,
        }),
      ],
      'Wiederholung mit gleicher Ereignis-ID, das zweite Gerät mit eigener',
    );
  },
});
