import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { acceptingEvent, expectForbidden } from '../../lib/refusals.ts';
import { getState, setState, stateEventTemplate } from '../../lib/state-requests.ts';

// State is what was set last; setting the same again is no new event.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.state-set',
    title: 'Name und Thema eines Raums gelten wie gesetzt; dasselbe noch einmal ändert nichts',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('put_matrixclientv3roomsroomidstateeventtypestatekey'),
  },
  counterexamples: [
    {
      title: 'Der Name bleibt der alte',
      defect: { when: { method: 'GET', path: stateEventTemplate }, alter: setting(['name'], 'alt') },
      expectFinding: 'name-differs',
    },
    {
      title: 'Das Thema bleibt das alte',
      defect: { when: { method: 'GET', path: stateEventTemplate }, alter: setting(['topic'], 'alt') },
      expectFinding: 'topic-differs',
    },
    {
      title: 'Dasselbe noch einmal wird ein neues Ereignis',
      defect: { when: { method: 'PUT', path: stateEventTemplate }, alter: onlyNth(2, acceptingEvent) },
      expectFinding: 'repeated-anew',
    },
    {
      title: 'Ein neuer Name ist dasselbe Ereignis',
      defect: {
        when: { method: 'PUT', path: stateEventTemplate },
        alter: (answer, { earlier }) => (answer.status === 200 && earlier[0] !== undefined ? earlier[0] : answer),
      },
      expectFinding: 'change-ignored',
    },
    {
      title: 'Fremde setzen den Namen',
      defect: { when: { method: 'PUT', path: stateEventTemplate }, alter: onlyNth(5, acceptingEvent) },
      expectFinding: 'stranger-sets',
    },
  ],
  async run({ request, user, room, random }) {
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, { preset: 'private_chat' });
    const nameKey = { roomId, eventType: 'm.room.name' };
    const topicKey = { roomId, eventType: 'm.room.topic' };
    const [first, second] = [{ name: `Raum ${random.word(8)}` }, { name: `Raum ${random.word(8)}` }];
    const topic = `Thema ${random.word(8)}`;
    const set = premise(await setState(request, alice, nameKey, first));
    const repeated = premise(await setState(request, alice, nameKey, first));
    const changed = premise(await setState(request, alice, nameKey, second));
    premise(await setState(request, alice, topicKey, { topic }));
    const stranger = await setState(request, bob, nameKey, first);
    const name = await getState(request, alice, nameKey);
    const theme = await getState(request, alice, topicKey);
    const idOf = ({ json }: { readonly json: unknown }) => stringAt(json, ['event_id']);
    return outcomeOf(
      [
        ...expectEqual(
          name,
          { wanted: second.name, got: stringAt(name.json, ['name']) },
          { code: 'name-differs', title: 'Der Raum heißt nicht, wie er zuletzt benannt wurde' },
        ),
        ...expectEqual(
          theme,
          { wanted: topic, got: stringAt(theme.json, ['topic']) },
          { code: 'topic-differs', title: 'Der Raum hat nicht das zuletzt gesetzte Thema' },
        ),
        ...expectEqual(
          repeated,
          { wanted: idOf(set), got: idOf(repeated) },
          { code: 'repeated-anew', title: 'Derselbe Zustand noch einmal gesetzt wird ein neues Ereignis' },
        ),
        ...expectThat(changed, idOf(changed) !== idOf(set), {
          code: 'change-ignored',
          title: 'Ein geänderter Zustand ist kein neues Ereignis',
          expected: 'ein neues Ereignis',
          observed: 'dasselbe Ereignis',
        }),
        ...expectForbidden(stranger, { code: 'stranger-sets', title: 'Fremde können den Raum umbenennen' }),
      ],
      'Name und Thema wie zuletzt gesetzt, Wiederholung ohne neues Ereignis, Fremde 403',
    );
  },
});
