import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { hasEffect, plainAction } from '../../lib/default-push-rules.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, canonicalJson, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat, type Findings } from '../../lib/match.ts';
import { sendText } from '../../lib/messages.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { markRead } from '../../lib/receipts.ts';
import { expectTokenAsked } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/notifications';

// People can look up what they were notified about, newest first, and only what named them when they ask so.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3notifications
export const check = conformanceCheck({
  meta: {
    id: 'conformance.push.notifications-api',
    title: 'Die Liste der Benachrichtigungen ist vollständig, lässt sich auf Erwähnungen beschränken und durchblättern',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3notifications'),
  },
  counterexamples: [
    {
      title: 'Die Benachrichtigungen fehlen',
      defect: { when: { path }, alter: setting(['notifications'], []) },
      expectFinding: 'list-differs',
    },
    {
      title: 'Die Beschränkung auf Erwähnungen wirkt nicht',
      defect: {
        when: { path },
        alter: (answer, { query, earlier }) => (query.includes('only=') ? (earlier.at(-1) ?? answer) : answer),
      },
      expectFinding: 'highlights-differ',
    },
    {
      title: 'Die zweite Seite wiederholt die erste',
      defect: {
        when: { path },
        alter: (answer, { query, earlier }) => (query.includes('from=') ? (earlier.at(-1) ?? answer) : answer),
      },
      expectFinding: 'pages-differ',
    },
    {
      title: 'Die Erwähnung ist nicht hervorgehoben',
      defect: { when: { path }, alter: setting(['notifications', 0, 'actions'], ['notify']) },
      expectFinding: 'cause-differs',
    },
    {
      title: 'Gelesenes gilt als ungelesen',
      defect: { when: { path }, alter: setting(['notifications', 0, 'read'], false) },
      expectFinding: 'read-state-differs',
    },
    {
      title: 'Ohne Anmeldung gibt es Benachrichtigungen',
      defect: {
        when: { path },
        alter: (answer, seen) => (seen.hasToken ? answer : answering(200, { notifications: [] })(answer, seen)),
      },
      expectFinding: 'open-to-all',
    },
  ],
  async run(tools) {
    const { request, user, room, join } = tools;
    // Accounts of an application service are not notified; people are.
    const [alice, bob] = [await user('alice'), await user('bob', 'ordinary')];
    const roomId = await room(alice);
    await join(roomId, alice, bob);
    const plain = await sendText(tools, alice, roomId, { body: 'eins' });
    const naming = await sendText(tools, alice, roomId, { body: 'zwei', 'm.mentions': { user_ids: [bob.userId] } });
    const read = (query: Readonly<Record<string, string>>) => request('GET', path, { session: bob, query });
    const all = await readUntil(tools, bob, (answer) => idsIn(answer, roomId).includes(naming));
    const highlights = premise(await read({ limit: '20', only: 'highlight' }));
    const first = premise(await read({ limit: '1' }));
    const from = stringAt(first.json, ['next_token']) ?? '';
    const second = premise(await read({ limit: '1', from }));
    await markRead(request, bob, { roomId, eventId: naming });
    const after = await readUntil(tools, bob, (answer) => readStates(answer, roomId).every((state) => state === true));
    const anonymous = await request('GET', path);
    return outcomeOf(
      [
        ...idFindings(all, roomId, [naming, plain], {
          code: 'list-differs',
          title: 'Die Liste nennt nicht genau die Benachrichtigungen, neueste zuerst',
        }),
        ...idFindings(highlights, roomId, [naming], {
          code: 'highlights-differ',
          title: 'Die Beschränkung auf Erwähnungen wirkt nicht',
        }),
        ...expectEqual(
          second,
          { wanted: [[naming], [plain]], got: [idsIn(first, roomId), idsIn(second, roomId)] },
          { code: 'pages-differ', title: 'Die Seiten ergeben nicht die ganze Liste' },
        ),
        ...causeFindings(all, roomId, alice.userId),
        ...readFindings(all, after, roomId),
        ...expectTokenAsked(anonymous, {
          code: 'open-to-all',
          title: 'Die Benachrichtigungen sind ohne Anmeldung abrufbar',
        }),
      ],
      'Beide Nachrichten, nur die Erwähnung, zwei Seiten, nach dem Lesen als gelesen geführt',
    );
  },
});

function readUntil({ request, poll }: Tools, session: Session, until: (answer: Answer) => boolean): Promise<Answer> {
  const query = { limit: '20' };
  return poll({
    ask: async () => premise(await request('GET', path, { session, query })),
    until,
    deadlineMs: settlingMs,
  });
}

const entriesIn = ({ json }: Answer, roomId: string): readonly unknown[] =>
  arrayAt(json, ['notifications']).filter((entry) => stringAt(entry, ['room_id']) === roomId);

/** Messages only: an invitation is notified about, too. */
const messagesIn = (answer: Answer, roomId: string): readonly unknown[] =>
  entriesIn(answer, roomId).filter((entry) => stringAt(entry, ['event', 'type']) === 'm.room.message');

const idsIn = (answer: Answer, roomId: string): readonly (string | undefined)[] =>
  messagesIn(answer, roomId).map((entry) => stringAt(entry, ['event', 'event_id']));

/** In a room of two every message is told with a sound, and one that names the person stands out. */
function causeFindings(answer: Answer, roomId: string, sender: string): Findings {
  const sound = { set_tweak: 'sound', value: 'default' };
  const got = messagesIn(answer, roomId).map((entry) => ({
    sender: valueAt(entry, ['event', 'sender']),
    actions: sorted(arrayAt(entry, ['actions']).filter(hasEffect).map(plainAction)),
  }));
  const wanted = [
    { sender, actions: sorted(['notify', sound, { set_tweak: 'highlight' }]) },
    { sender, actions: sorted(['notify', sound]) },
  ];
  const title = 'Absender oder Wirkung einer Benachrichtigung stimmen nicht';
  return expectEqual(answer, { wanted, got }, { code: 'cause-differs', title });
}

/** Their order means nothing. */
const sorted = (actions: readonly unknown[]): readonly string[] => actions.map(canonicalJson).toSorted();

const readStates = (answer: Answer, roomId: string): readonly unknown[] =>
  messagesIn(answer, roomId).map((entry) => valueAt(entry, ['read']));

const idFindings = (
  answer: Answer,
  roomId: string,
  wanted: readonly string[],
  claim: { readonly code: string; readonly title: string },
): Findings => expectEqual(answer, { wanted, got: idsIn(answer, roomId) }, claim);

function readFindings(before: Answer, after: Answer, roomId: string): Findings {
  const [unread, read] = [readStates(before, roomId), readStates(after, roomId)];
  const holds = unread.every((state) => state === false) && read.every((state) => state === true);
  return expectThat(after, holds, {
    code: 'read-state-differs',
    title: 'Die Liste führt Gelesenes und Ungelesenes falsch',
    expected: 'vor dem Lesen alles ungelesen, danach alles gelesen',
    observed: `vorher ${unread.join(', ') || 'nichts'}, nachher ${read.join(', ') || 'nichts'}`,
  });
}
