import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { notFound } from '../../lib/refusals.ts';
import { stateEventTemplate } from '../../lib/state-requests.ts';
import { probeType } from '../../lib/tools.ts';

const withSlash = `${stateEventTemplate}/`;

// An empty key may be left out together with the slash before it.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.state-empty-key',
    title: 'Ein leerer Schlüssel ist derselbe wie keiner',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('put_matrixclientv3roomsroomidstateeventtypestatekey'),
  },
  counterexamples: [
    {
      title: 'Mit Schrägstrich findet sich nichts',
      defect: { when: { method: 'GET', path: withSlash }, alter: notFound },
      expectFinding: 'not-under-empty-key',
    },
    {
      title: 'Ohne Schrägstrich steht anderes',
      defect: { when: { method: 'GET', path: stateEventTemplate }, alter: setting(['probe'], 'anders') },
      expectFinding: 'not-without-key',
    },
  ],
  async run({ request, user, room, random }) {
    const session = await user('alice');
    const params = { roomId: await room(session), eventType: probeType };
    const [first, second] = [{ probe: random.word(16) }, { probe: random.word(16) }];
    premise(await request('PUT', stateEventTemplate, { params, session, body: first }));
    const underKey = await request('GET', withSlash, { params, session });
    premise(await request('PUT', withSlash, { params, session, body: second }));
    const withoutKey = await request('GET', stateEventTemplate, { params, session });
    return outcomeOf(
      [
        ...expectEqual(
          underKey,
          { wanted: first, got: underKey.json },
          { code: 'not-under-empty-key', title: 'Ohne Schlüssel gesetzter Zustand steht nicht unter dem leeren' },
        ),
        ...expectEqual(
          withoutKey,
          { wanted: second, got: withoutKey.json },
          {
            code: 'not-without-key',
            title: 'Unter leerem Schlüssel gesetzter Zustand ist ohne Schlüssel nicht lesbar',
          },
        ),
      ],
      'Ohne Schlüssel gesetzt und mit leerem gelesen, und umgekehrt',
    );
  },
});
