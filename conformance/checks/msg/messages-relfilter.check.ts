import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingList, dropping } from '../../lib/event-defects.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { inThread, sendMessage, sendReaction } from '../../lib/relations.ts';
import { chunkOf, idsAmong, latestMessages, messagesTemplate, readMessages } from '../../lib/room-events.ts';
import { inlineFilter } from '../../lib/sync-sections.ts';

const when = { path: messagesTemplate };
const claims = {
  type: {
    code: 'type-filter-wrong',
    title: 'Der Filter nach Art der Beziehung liefert nicht genau die passenden Ereignisse',
  },
  sender: {
    code: 'sender-filter-wrong',
    title: 'Der Filter nach Antwortenden liefert nicht genau die passenden Ereignisse',
  },
};

// The history can be reduced to events to which others replied in a certain way, or to which certain people did.
// https://spec.matrix.org/v1.19/client-server-api/#filtering
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.messages-relfilter',
    title: 'Der Verlauf lässt sich nach Beziehungen filtern',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('filtering'),
  },
  counterexamples: [
    {
      title: 'Gefilterte Seiten sind leer',
      defect: {
        when,
        alter: (answer, seen) =>
          seen.query.includes('filter=') ? changingList(['chunk'], dropping)(answer, seen) : answer,
      },
      expectFinding: claims.type.code,
    },
    {
      title: 'Der Filter bleibt ohne Wirkung',
      defect: {
        when,
        alter: (answer, seen) => ({ ...answer, json: seen.earlier[0]?.json ?? answer.json }),
      },
      expectFinding: claims.sender.code,
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice);
    await tools.join(roomId, alice, bob);
    const text = (body: string) => sendMessage(tools, alice, roomId, { msgtype: 'm.text', body });
    const [thread, liked, plain] = [await text('eins'), await text('zwei'), await text('drei')];
    await sendMessage(tools, alice, roomId, inThread({ roomId, eventId: thread }, 'Antwort'));
    const eventId = await sendReaction(tools, bob, { roomId, eventId: liked }, '👍');
    await latestMessages(tools, alice, { roomId, eventId });
    const all = [thread, liked, plain];
    const filtered = async (filter: unknown) => {
      const query = { dir: 'b', limit: '30', ...inlineFilter(filter) };
      const answer = premise(await readMessages(tools.request, alice, roomId, query));
      return { answer, got: idsAmong(chunkOf(answer), all) };
    };
    const threads = await filtered({ related_by_rel_types: ['m.thread'] });
    const either = await filtered({ related_by_rel_types: ['m.thread', 'm.annotation'] });
    const bySender = await filtered({ related_by_senders: [bob.userId] });
    return outcomeOf(
      [
        ...expectEqual(threads.answer, { wanted: [thread], got: threads.got }, claims.type),
        ...expectEqual(either.answer, { wanted: [liked, thread], got: either.got }, claims.type),
        ...expectEqual(bySender.answer, { wanted: [liked], got: bySender.got }, claims.sender),
      ],
      'Nach Art der Beziehung und nach Antwortenden genau die passenden Ereignisse',
    );
  },
});
