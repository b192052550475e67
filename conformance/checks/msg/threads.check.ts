import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { changingList, reversing } from '../../lib/event-defects.ts';
import { stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { expectForbidden } from '../../lib/refusals.ts';
import { inThread, sendMessage, threadsTemplate } from '../../lib/relations.ts';
import { chunkOf, idsAmong, numbersOf } from '../../lib/room-events.ts';

const when = { path: threadsTemplate };
const claims = {
  order: { code: 'order-differs', title: 'Die Themen stehen nicht in der Reihenfolge ihrer letzten Antwort' },
  participated: { code: 'participation-ignored', title: 'Verlangt sind eigene Themen, geliefert werden andere' },
  summary: { code: 'summary-differs', title: 'Ein Thema nennt nicht seine letzte Antwort und die Zahl der Antworten' },
  pages: { code: 'pages-differ', title: 'Seitenweise kommt nicht jedes Thema genau einmal' },
  stranger: { code: 'stranger-reads', title: 'Wer nicht im Raum ist, kann dessen Themen auflisten' },
};

// The list of threads shows the one replied to last first, and on demand only those somebody took part in.
// https://spec.matrix.org/v1.19/client-server-api/#querying-threads-in-a-room
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.threads',
    title: 'Die Liste der Themen ist vollständig und nach der letzten Antwort geordnet',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('querying-threads-in-a-room'),
  },
  counterexamples: [
    {
      title: 'Die Reihenfolge ist verkehrt',
      defect: { when, alter: changingList(['chunk'], reversing) },
      expectFinding: claims.order.code,
    },
    {
      title: 'Als letzte Antwort wird eine andere genannt',
      defect: {
        when,
        alter: changingList(['chunk'], (events) =>
          events.map((event) =>
            withValueAt(event, ['unsigned', 'm.relations', 'm.thread', 'latest_event', 'event_id'], '$altered'),
          ),
        ),
      },
      expectFinding: claims.summary.code,
    },
    {
      title: 'Auch fremde Themen gelten als eigene',
      defect: {
        when,
        alter: (answer, seen) =>
          seen.query.includes('participated') ? { ...answer, json: seen.earlier[0]?.json } : answer,
      },
      expectFinding: claims.participated.code,
    },
    {
      title: 'Jede Seite ist die erste',
      defect: {
        when,
        alter: (answer, seen) =>
          seen.query.includes('from=') ? { ...answer, json: seen.earlier.at(-1)?.json } : answer,
      },
      expectFinding: claims.pages.code,
    },
    {
      title: 'Fremde erhalten die Liste',
      defect: {
        when,
        alter: (answer, seen) => (answer.status === 403 ? answering(200, { chunk: [] })(answer, seen) : answer),
      },
      expectFinding: claims.stranger.code,
    },
  ],
  async run(tools) {
    const { request, poll } = tools;
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    await tools.join(roomId, alice, bob);
    const text = (body: string) => sendMessage(tools, alice, roomId, { msgtype: 'm.text', body });
    const roots = [await text('eins'), await text('zwei'), await text('drei')];
    const reply = (number: number, session: typeof alice) =>
      sendMessage(tools, session, roomId, inThread({ roomId, eventId: roots[number - 1] ?? '' }, 'Antwort'));
    for (const number of [1, 2, 3]) await reply(number, alice);
    const latest = await reply(1, bob);
    const ask = (session: typeof alice, query: Readonly<Record<string, string>>) =>
      request('GET', threadsTemplate, { params: { roomId }, session, query });
    const numbers = (json: unknown) => numbersOf(idsAmong(chunkOf({ json }), roots), roots);
    const all = await poll({
      ask: async () => premise(await ask(bob, {})),
      until: ({ json }) => numbers(json)[0] === 1,
      deadlineMs: settlingMs,
    });
    const thread = (path: readonly string[]) =>
      valueAt(chunkOf(all)[0], ['unsigned', 'm.relations', 'm.thread', ...path]);
    const summary = {
      latest: thread(['latest_event', 'event_id']),
      by: thread(['latest_event', 'sender']),
      count: thread(['count']),
      participated: thread(['current_user_participated']),
    };
    const own = premise(await ask(bob, { include: 'participated' }));
    const page = premise(await ask(bob, { limit: '2' }));
    const rest = premise(await ask(bob, { limit: '2', from: stringAt(page.json, ['next_batch']) ?? '' }));
    const stranger = await ask(carol, {});
    const paged = [...numbers(page.json), ...numbers(rest.json)];
    return outcomeOf(
      [
        ...expectEqual(all, { wanted: [1, 3, 2], got: numbers(all.json) }, claims.order),
        ...expectEqual(
          all,
          { wanted: { latest, by: bob.userId, count: 2, participated: true }, got: summary },
          claims.summary,
        ),
        ...expectEqual(own, { wanted: [1], got: numbers(own.json) }, claims.participated),
        ...expectEqual(rest, { wanted: [1, 3, 2], got: paged }, claims.pages),
        ...expectForbidden(stranger, claims.stranger),
      ],
      'Das zuletzt beantwortete Thema zuerst, eigene gesondert, Fremde ausgeschlossen',
    );
  },
});
