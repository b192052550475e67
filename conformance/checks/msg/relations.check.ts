import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { changingList, doubling, dropping } from '../../lib/event-defects.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import {
  inThread,
  readRelations,
  relationsByEventTypeTemplate,
  relationsByTypeTemplate,
  relationsTemplate,
  sendMessage,
  sendReaction,
} from '../../lib/relations.ts';
import { chunkOf, eventIdsOf, numbersOf } from '../../lib/room-events.ts';
import { hasEvent } from '../../lib/sync.ts';

const claims = {
  all: { code: 'children-differ', title: 'Nicht genau die Ereignisse mit Bezug werden geliefert' },
  relType: { code: 'rel-type-differs', title: 'Nach Art der Beziehung kommen nicht genau die passenden Ereignisse' },
  eventType: {
    code: 'event-type-differs',
    title: 'Nach Art des Ereignisses kommen nicht genau die passenden Ereignisse',
  },
  pages: { code: 'pages-differ', title: 'Seitenweise kommt nicht jedes Ereignis mit Bezug genau einmal' },
  recurse: { code: 'recursion-differs', title: 'Mittelbare Bezüge kommen nicht dann, wenn sie verlangt sind' },
  absent: { code: 'absent-accepted', title: 'Zu einem Ereignis, das es nicht gibt, werden Bezüge geliefert' },
};

// All that refers to an event can be asked for: everything, by kind, in pages, with or without what refers to that.
// https://spec.matrix.org/v1.19/client-server-api/#relationships-api
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.relations',
    title: 'Zu einem Ereignis lassen sich alle Bezüge abrufen, auch nach Art und seitenweise',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('relationships-api'),
  },
  counterexamples: [
    {
      title: 'Es kommen keine Bezüge',
      defect: { when: { path: relationsTemplate }, alter: changingList(['chunk'], dropping) },
      expectFinding: claims.all.code,
    },
    {
      title: 'Die Art der Beziehung wird nicht beachtet',
      defect: { when: { path: relationsByTypeTemplate }, alter: changingList(['chunk'], dropping) },
      expectFinding: claims.relType.code,
    },
    {
      title: 'Die Art des Ereignisses wird nicht beachtet',
      defect: { when: { path: relationsByEventTypeTemplate }, alter: changingList(['chunk'], dropping) },
      expectFinding: claims.eventType.code,
    },
    {
      title: 'Seiten wiederholen sich',
      defect: { when: { path: relationsTemplate }, alter: changingList(['chunk'], doubling) },
      expectFinding: claims.pages.code,
    },
    {
      title: 'Mittelbare Bezüge fehlen',
      defect: {
        when: { path: relationsTemplate },
        alter: (answer, seen) =>
          seen.query.includes('recurse=true') ? { ...answer, json: seen.earlier[0]?.json } : answer,
      },
      expectFinding: claims.recurse.code,
    },
    {
      title: 'Ein Ereignis, das es nicht gibt, hat keine Bezüge',
      defect: {
        when: { path: relationsTemplate },
        alter: (answer, seen) => (answer.status === 404 ? answering(200, { chunk: [] })(answer, seen) : answer),
      },
      expectFinding: claims.absent.code,
    },
  ],
  async run(tools) {
    const { request, poll } = tools;
    const alice = await tools.user('alice');
    const roomId = await tools.room(alice);
    const parent = { roomId, eventId: await sendMessage(tools, alice, roomId, { msgtype: 'm.text', body: 'Frage' }) };
    const reply = await sendMessage(tools, alice, roomId, inThread(parent, 'Antwort'));
    const first = await sendReaction(tools, alice, parent, '👍');
    const second = await sendReaction(tools, alice, parent, '🎉');
    const distant = await sendReaction(tools, alice, { roomId, eventId: reply }, '👀');
    const all = [reply, first, second, distant];
    const read = async (options: Parameters<typeof readRelations>[3]) => {
      const answer = premise(await readRelations(request, alice, parent, options));
      return { answer, got: numbersOf(eventIdsOf(chunkOf(answer)).map(String), all) };
    };
    await poll({
      ask: () => readRelations(request, alice, { roomId, eventId: reply }),
      until: (answer) => hasEvent(chunkOf(answer), distant),
      deadlineMs: settlingMs,
    });
    const whole = await read({});
    const page = await read({ query: { limit: '2' } });
    const from = stringAt(page.answer.json, ['next_batch']) ?? '';
    const rest = await read({ query: { limit: '2', from } });
    const annotations = await read({ relType: 'm.annotation' });
    const replies = await read({ relType: 'm.thread', eventType: 'm.room.message' });
    const recursive = await read({ query: { recurse: 'true' } });
    const nowhere = { roomId, eventId: `$${tools.random.word(43)}` };
    const absent = [
      await readRelations(request, alice, nowhere),
      await readRelations(request, alice, nowhere, { relType: 'm.thread' }),
      await readRelations(request, alice, nowhere, { relType: 'm.thread', eventType: 'm.room.message' }),
    ];
    return outcomeOf(
      [
        ...expectEqual(whole.answer, { wanted: [3, 2, 1], got: whole.got }, claims.all),
        ...expectEqual(rest.answer, { wanted: [3, 2, 1], got: [...page.got, ...rest.got] }, claims.pages),
        ...expectEqual(annotations.answer, { wanted: [3, 2], got: annotations.got }, claims.relType),
        ...expectEqual(replies.answer, { wanted: [1], got: replies.got }, claims.eventType),
        ...expectEqual(recursive.answer, { wanted: [4, 3, 2, 1], got: recursive.got }, claims.recurse),
        ...absent.flatMap((answer) => expectStatus(answer, 404, claims.absent)),
      ],
      'Alle Bezüge, nach Art, in Seiten und mittelbar: genau die erwarteten',
    );
  },
});
