import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { removing, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { replacing, sendMessage } from '../../lib/relations.ts';
import { eventOnce, eventTemplate, latestMessages, readEvent, sendEvent } from '../../lib/room-events.ts';
import { probeType } from '../../lib/tools.ts';

const path = ['unsigned', 'm.relations', 'm.replace', 'event_id'];
const claims = {
  foreign: {
    code: 'foreign-edit-applied',
    title: 'Eine Bearbeitung durch andere oder mit anderer Art gilt als Bearbeitung',
  },
  own: { code: 'own-edit-missing', title: 'Die eigene Bearbeitung wird nicht mitgeliefert' },
  latest: { code: 'older-edit-shown', title: 'Nicht die letzte Bearbeitung wird mitgeliefert' },
};

// Only authors edit what they said, and the latest edit counts.
// https://spec.matrix.org/v1.19/client-server-api/#validity-of-replacement-events
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.edit-aggregate',
    title: 'Als Bearbeitung gilt nur, was die Urheberin selbst gesendet hat',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('validity-of-replacement-events'),
  },
  counterexamples: [
    {
      title: 'Eine fremde Bearbeitung gilt',
      defect: { when: { path: eventTemplate }, alter: setting(path, '$altered') },
      expectFinding: claims.foreign.code,
    },
    {
      title: 'Bearbeitungen fehlen',
      defect: { when: { path: eventTemplate }, alter: removing(['unsigned', 'm.relations']) },
      expectFinding: claims.own.code,
    },
    {
      title: 'Die erste Bearbeitung gilt für immer',
      defect: {
        when: { path: eventTemplate },
        alter: (answer, { earlier }) => ({
          ...answer,
          json: earlier.find(({ json }) => stringAt(json, path) !== undefined)?.json ?? answer.json,
        }),
      },
      expectFinding: claims.latest.code,
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice);
    await tools.join(roomId, alice, bob);
    const eventId = await sendMessage(tools, alice, roomId, { msgtype: 'm.text', body: 'vorher' });
    const parent = { roomId, eventId };
    await sendMessage(tools, bob, roomId, replacing(parent, 'untergeschoben'));
    const content = replacing(parent, 'andere Art');
    const otherType = await sendEvent(tools, alice, roomId, { type: probeType, content });
    await latestMessages(tools, alice, { roomId, eventId: otherType });
    const unedited = premise(await readEvent(tools.request, alice, roomId, eventId));
    const edited = async (body: string) => {
      const edit = await sendMessage(tools, alice, roomId, replacing(parent, body));
      return { edit, answer: await eventOnce(tools, bob, parent, (json) => stringAt(json, path) === edit) };
    };
    const first = await edited('nachher');
    const second = await edited('zuletzt');
    const got = (json: unknown) => stringAt(json, path);
    return outcomeOf(
      [
        ...expectEqual(unedited, { wanted: undefined, got: got(unedited.json) }, claims.foreign),
        ...expectEqual(first.answer, { wanted: first.edit, got: got(first.answer.json) }, claims.own),
        ...expectEqual(second.answer, { wanted: second.edit, got: got(second.answer.json) }, claims.latest),
      ],
      'Fremde und andersartige Bearbeitungen gelten nicht, von den eigenen gilt die letzte',
    );
  },
});
