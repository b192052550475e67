import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { deactivate } from '../../lib/deactivation.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { probeType, sendTemplate } from '../../lib/tools.ts';

const eventTemplate = '/_matrix/client/v3/rooms/{roomId}/event/{eventId}';
const messagesTemplate = '/_matrix/client/v3/rooms/{roomId}/messages';

// Who joins later does not get to read what somebody wrote who asked for erasure; who was there keeps the conversation.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountdeactivate
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.deact-erase',
    title: 'Nach dem Schließen mit Löschwunsch lesen später Hinzugekommene die Nachrichten nicht mehr',
    requirements: ['DS-15', 'KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'disposableAccounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3accountdeactivate'),
  },
  counterexamples: [
    {
      title: 'Wer später kommt, liest die Nachricht im Verlauf',
      defect: {
        when: { path: messagesTemplate },
        alter: (answer, seen) =>
          setting(
            ['chunk'],
            arrayAt(answer.json, ['chunk']).map((event) => Object.assign({}, event, { content: { probe: 'lesbar' } })),
          )(answer, seen),
      },
      expectFinding: 'read-in-history',
    },
    {
      title: 'Wer später kommt, liest die einzelne Nachricht',
      defect: {
        when: { path: eventTemplate },
        alter: (answer, seen) =>
          seen.earlier.length === 0 ? answer : answering(200, valueAt(seen.earlier, [0, 'json']))(answer, seen),
      },
      expectFinding: 'read-by-id',
    },
    {
      title: 'Auch wer dabei war, verliert die Nachricht',
      defect: { when: { path: eventTemplate }, alter: setting(['content'], {}) },
      expectFinding: 'lost-for-members',
    },
  ],
  async run({ request, user, account, device, room, join, random }) {
    const host = await user('host');
    const late = await user('late');
    const owner = await account('erase', 'ordinary');
    const session = await device(owner);
    const roomId = await room(host);
    await join(roomId, host, session);
    const probe = random.word(16);
    const params = { roomId, eventType: probeType, txnId: random.word(12) };
    const sent = premise(await request('PUT', sendTemplate, { params, session, body: { probe } }));
    const eventId = stringAt(sent.json, ['event_id']) ?? '';
    premise(await deactivate(request, { owner, session, erase: true }));
    await join(roomId, host, late);
    const event = { roomId, eventId };
    const forMember = premise(await request('GET', eventTemplate, { params: event, session: host }));
    const forLate = await request('GET', eventTemplate, { params: event, session: late });
    const history = premise(
      await request('GET', messagesTemplate, { params: { roomId }, query: { dir: 'b', limit: '50' }, session: late }),
    );
    const ownEvents = arrayAt(history.json, ['chunk']).filter(
      (item) => valueAt(item, ['sender']) === owner.userId && valueAt(item, ['type']) === probeType,
    );
    return outcomeOf(
      [
        ...expectEqual(
          forMember,
          { wanted: probe, got: valueAt(forMember.json, ['content', 'probe']) },
          { code: 'lost-for-members', title: 'Die Nachricht geht auch denen verloren, die dabei waren' },
        ),
        ...expectThat(forLate, valueAt(forLate.json, ['content', 'probe']) === undefined, {
          code: 'read-by-id',
          title: 'Später Hinzugekommene lesen eine Nachricht, deren Löschung gewünscht war',
          expected: 'kein Inhalt',
          observed: 'der Inhalt der Nachricht',
        }),
        ...expectThat(
          history,
          ownEvents.every((item) => valueAt(item, ['content', 'probe']) === undefined),
          {
            code: 'read-in-history',
            title: 'Der Verlauf zeigt später Hinzugekommenen Nachrichten, deren Löschung gewünscht war',
            expected: 'kein Inhalt',
            observed: `${ownEvents.length} Nachrichten mit Inhalt`,
          },
        ),
      ],
      `Mitglieder lesen die Nachricht weiter, später Hinzugekommene nicht (${ownEvents.length} ohne Inhalt im Verlauf)`,
    );
  },
});
