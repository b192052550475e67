import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { expectError } from '../../lib/match.ts';

const path = '/_matrix/client/v3/register';

// Whoever asks for an account is refused at once instead of being led through registration.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-closed',
    title: 'Die Selbstregistrierung wird mit dem vorgesehenen Fehler abgelehnt',
    requirements: ['SI-08', 'KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3register'),
  },
  counterexamples: [
    {
      title: 'Der Server bietet Wege zur Registrierung an',
      defect: {
        when: { method: 'POST', path },
        alter: answering(401, { session: 'abc', flows: [{ stages: ['m.login.dummy'] }], params: {} }),
      },
      expectFinding: 'registration-offered',
    },
    {
      title: 'Der Server legt ohne Weiteres ein Konto an',
      defect: { when: { method: 'POST', path }, alter: answering(200, { user_id: '@alter:example.org' }) },
      expectFinding: 'registration-offered',
    },
  ],
  async run({ request }) {
    // Without authentication data nothing can be created, even where registration is open.
    const answer = await request('POST', path, { body: {} });
    const claim = { code: 'registration-offered', title: 'Die Selbstregistrierung wird nicht abgelehnt' };
    return outcomeOf(
      expectError(answer, { status: 403, errcode: 'M_FORBIDDEN' }, claim),
      'Selbstregistrierung: 403 mit M_FORBIDDEN',
    );
  },
});
