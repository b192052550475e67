import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { readRelations, relationsTemplate, replacing, sendMessage, sendReaction } from '../../lib/relations.ts';
import { chunkOf, eventOnce, eventTemplate, redact } from '../../lib/room-events.ts';
import { resultIds, searchMessages, searchPath } from '../../lib/room-search.ts';

const claims = {
  search: { code: 'found-by-search', title: 'Eine gelöschte Nachricht wird von der Suche gefunden' },
  edit: { code: 'edit-remains', title: 'Eine gelöschte Bearbeitung gilt weiter' },
  reaction: { code: 'reaction-remains', title: 'Eine gelöschte Reaktion wird weiter geliefert' },
};

// What was deleted is not found again by searching, nor does it live on in what others are told about an event.
// https://spec.matrix.org/v1.19/client-server-api/#redactions
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.redact-search',
    title: 'Gelöschtes verschwindet auch aus Suche, Bearbeitungen und Reaktionen',
    requirements: ['KO-05', 'DS-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('redactions'),
  },
  counterexamples: [
    {
      title: 'Die Suche findet weiter',
      defect: {
        when: { path: searchPath },
        alter: (answer, { earlier }) => ({ ...answer, json: earlier.findLast(isHit)?.json ?? answer.json }),
      },
      expectFinding: claims.search.code,
    },
    {
      title: 'Die Bearbeitung gilt weiter',
      defect: {
        when: { path: eventTemplate },
        alter: setting(['unsigned', 'm.relations', 'm.replace'], { event_id: '$altered' }),
      },
      expectFinding: claims.edit.code,
    },
    {
      title: 'Die Reaktion wird weiter geliefert',
      defect: {
        when: { path: `${relationsTemplate}/{relType}` },
        alter: setting(['chunk'], [{ event_id: '$altered' }]),
      },
      expectFinding: claims.reaction.code,
    },
  ],
  async run(tools) {
    const { request, poll } = tools;
    const alice = await tools.user('alice');
    const roomId = await tools.room(alice);
    const word = `pruefwort${tools.random.word(12)}`;
    const parent = { roomId, eventId: await sendMessage(tools, alice, roomId, { msgtype: 'm.text', body: 'vorher' }) };
    const secret = await sendMessage(tools, alice, roomId, { msgtype: 'm.text', body: word });
    const edit = await sendMessage(tools, alice, roomId, replacing(parent, 'nachher'));
    const reaction = await sendReaction(tools, alice, parent, '👍');
    const search = () => searchMessages(request, alice, word);
    const before = await poll({
      ask: search,
      until: (answer) => resultIds(answer).includes(secret),
      deadlineMs: settlingMs,
    });
    if (before.status === 400) return notApplicable('Die Suche ist hier abgeschaltet (enable_search).');
    if (!resultIds(before).includes(secret)) premise({ ...before, status: 404 });
    for (const eventId of [secret, edit, reaction]) premise(await redact(tools, alice, { roomId, eventId }));
    const after = await poll({
      ask: search,
      until: (answer) => resultIds(answer).length === 0,
      deadlineMs: settlingMs,
    });
    const replaced = ['unsigned', 'm.relations', 'm.replace'];
    const event = await eventOnce(tools, alice, parent, (json) => valueAt(json, replaced) === undefined);
    const reactions = await poll({
      ask: () => readRelations(request, alice, parent, { relType: 'm.annotation' }),
      until: (answer) => chunkOf(answer).length === 0,
      deadlineMs: settlingMs,
    });
    return outcomeOf(
      [
        ...expectEqual(after, { wanted: [], got: resultIds(after) }, claims.search),
        ...expectEqual(event, { wanted: undefined, got: stringAt(event.json, [...replaced, 'event_id']) }, claims.edit),
        ...expectEqual(reactions, { wanted: 0, got: chunkOf(reactions).length }, claims.reaction),
      ],
      'Weder Suche noch Bearbeitung noch Reaktion zeigen das Gelöschte',
    );
  },
});

const isHit = ({ json }: { readonly json: unknown }): boolean => resultIds({ json }).length > 0;
