import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { expectStatus } from '../../lib/match.ts';

const path = '/_matrix/client/v3/register';

// Nobody gets in as a guest.
// https://spec.matrix.org/v1.19/client-server-api/#guest-access
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-guest',
    title: 'Gastzugänge werden abgelehnt',
    requirements: ['SI-08', 'KO-05'],
    needs: ['mayMutate'],
    timeoutMs: 30_000,
    spec: clause('guest-access'),
  },
  counterexamples: [
    {
      title: 'Ein Gastkonto wird angelegt',
      defect: {
        when: { method: 'POST', path },
        alter: answering(200, { user_id: '@1:example.org', access_token: 'abc', device_id: 'guest_device' }),
      },
      expectFinding: 'guest-admitted',
    },
    {
      title: 'Gäste werden wie andere durch die Registrierung geführt',
      defect: {
        when: { method: 'POST', path },
        alter: answering(401, { session: 'abc', flows: [{ stages: ['m.login.dummy'] }], params: {} }),
      },
      expectFinding: 'guest-admitted',
    },
  ],
  async run({ request }) {
    const answer = await request('POST', path, { query: { kind: 'guest' }, body: {} });
    const claim = { code: 'guest-admitted', title: 'Ein Gastzugang wird nicht abgelehnt' };
    // The specification fixes the status; the code it leaves to the server.
    return outcomeOf(expectStatus(answer, 403, claim), 'Gastzugang: 403');
  },
});
