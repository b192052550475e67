import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import type { Alteration } from '../../lib/defect.ts';
import { setting } from '../../lib/defect.ts';
import { expectEqual } from '../../lib/match.ts';
import { sendText } from '../../lib/messages.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { inResults, searchPath as path, resultIds, searchMessages, searchResults } from '../../lib/room-search.ts';
import { megolm } from '../../lib/room-state.ts';
import { sendTemplate } from '../../lib/tools.ts';

// Nobody finds messages of rooms they cannot see, and what is encrypted is not searchable at all.
// https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-16
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.search-foreign',
    title: 'Die Volltextsuche zeigt nichts aus fremden Räumen und nichts aus verschlüsselten Nachrichten',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3search'),
  },
  counterexamples: [
    {
      title: 'Eine fremde Person findet die Nachricht',
      defect: { when: { path }, alter: repeatingFound },
      expectFinding: 'found-by-stranger',
    },
    {
      title: 'Eine verschlüsselte Nachricht wird gefunden',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          setting(inResults(['results']), [...searchResults(answer), { result: { event_id: '$chiffre' } }])(
            answer,
            seen,
          ),
      },
      expectFinding: 'ciphertext-found',
    },
  ],
  async run(tools) {
    const { request, user, room, random, poll } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice);
    const word = `pruefstand${random.word(12)}`;
    const content = {
      algorithm: megolm,
      ciphertext: word,
      sender_key: word,
      device_id: alice.deviceId,
      session_id: word,
    };
    const params = { roomId, eventType: 'm.room.encrypted', txnId: random.word(12) };
    premiseString(await request('PUT', sendTemplate, { params, session: alice, body: content }), ['event_id']);
    const readable = await sendText(tools, alice, roomId, { body: word });
    const own = await poll({
      ask: async () => premise(await searchMessages(request, alice, word)),
      until: (answer) => resultIds(answer).includes(readable),
      deadlineMs: settlingMs,
    });
    const foreign = premise(await searchMessages(request, bob, word));
    const named = premise(await searchMessages(request, bob, word, { filter: { rooms: [roomId] } }));
    return outcomeOf(
      [
        ...expectEqual(
          own,
          { wanted: [readable], got: resultIds(own) },
          { code: 'ciphertext-found', title: 'Die Suche findet nicht genau die lesbare Nachricht' },
        ),
        ...[foreign, named].flatMap((answer) =>
          expectEqual(
            answer,
            { wanted: [], got: resultIds(answer) },
            { code: 'found-by-stranger', title: 'Die Suche zeigt eine Nachricht aus einem fremden Raum' },
          ),
        ),
      ],
      'Das Mitglied findet die lesbare Nachricht und nicht die verschlüsselte, Fremde finden nichts',
    );
  },
});

function repeatingFound(...[answer, { earlier }]: Parameters<Alteration>): ReturnType<Alteration> {
  const found = earlier.find((one) => searchResults(one).length > 0);
  return found === undefined ? answer : { ...answer, json: found.json };
}
