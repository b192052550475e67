import { outcomeOf } from '../../../core/model/outcome.ts';
import { globalDataTemplate, roomDataTemplate, setAccountData } from '../../lib/account-data.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { expectError, expectStatus } from '../../lib/match.ts';

const done = answering(200, {});
const claims = {
  marker: { code: 'marker-written', title: 'Die Lesemarke lässt sich an ihrer Schnittstelle vorbei setzen' },
  rules: {
    code: 'rules-written',
    title: 'Die Benachrichtigungsregeln lassen sich an ihrer Schnittstelle vorbei setzen',
  },
  others: { code: 'others-refused', title: 'Auch gewöhnliche Kontodaten lassen sich nicht setzen' },
};

// What the server keeps itself has its own way to be changed, and only that.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3useruseridroomsroomidaccount_datatype
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acd.acd-protected',
    title: 'Vom Server verwaltete Kontodaten lassen sich nicht unmittelbar setzen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('put_matrixclientv3useruseridroomsroomidaccount_datatype'),
  },
  counterexamples: [
    {
      title: 'Die Lesemarke wird angenommen',
      defect: {
        when: { method: 'PUT', path: roomDataTemplate },
        alter: (answer, seen) => (seen.path.endsWith('m.fully_read') ? done(answer, seen) : answer),
      },
      expectFinding: claims.marker.code,
    },
    {
      title: 'Die Regeln werden angenommen',
      defect: {
        when: { method: 'PUT', path: globalDataTemplate },
        alter: (answer, seen) => (seen.path.endsWith('m.push_rules') ? done(answer, seen) : answer),
      },
      expectFinding: claims.rules.code,
    },
    {
      title: 'Nichts wird angenommen',
      defect: {
        when: { method: 'PUT', path: globalDataTemplate },
        alter: answering(405, { errcode: 'M_BAD_JSON', error: 'altered' }),
      },
      expectFinding: claims.others.code,
    },
  ],
  async run({ request, user, room }) {
    const alice = await user('alice');
    const roomId = await room(alice);
    const set = (type: string, inRoom: boolean) =>
      setAccountData(request, alice, inRoom ? { type, roomId } : { type }, { event_id: '$pruefstand' });
    const markers = [await set('m.fully_read', false), await set('m.fully_read', true)];
    const rules = [await set('m.push_rules', false), await set('m.push_rules', true)];
    const others = [await set('de.pruefstand.account-data', false), await set('de.pruefstand.account-data', true)];
    const refused = { status: 405, errcode: 'M_BAD_JSON' };
    return outcomeOf(
      [
        ...markers.flatMap((answer) => expectError(answer, refused, claims.marker)),
        ...rules.flatMap((answer) => expectError(answer, refused, claims.rules)),
        ...others.flatMap((answer) => expectStatus(answer, 200, claims.others)),
      ],
      'Lesemarke und Benachrichtigungsregeln: 405, andere Kontodaten: angenommen',
    );
  },
});
