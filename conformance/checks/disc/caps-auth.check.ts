import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { expectError } from '../../lib/match.ts';

const path = '/_matrix/client/v3/capabilities';

// What an account may do is nobody else's business: without a token the server refuses.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3capabilities
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.caps-auth',
    title: 'Die Fähigkeiten eines Kontos erfährt nur, wer angemeldet ist',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3capabilities'),
  },
  counterexamples: [
    {
      title: 'Der Server antwortet auch ohne Anmeldung',
      defect: { when: { path }, alter: answering(200, { capabilities: {} }) },
      expectFinding: 'answered-without-token',
    },
    {
      // A client that is told so forgets its session.
      title: 'Wer sich nicht angemeldet hat, erfährt, die Anmeldung sei ungültig',
      defect: { when: { path }, alter: answering(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'altered' }) },
      expectFinding: 'answered-without-token',
    },
  ],
  async run({ request }) {
    const answer = await request('GET', path);
    const claim = { code: 'answered-without-token', title: 'Ohne Anmeldung wird nicht wie vorgesehen abgewiesen' };
    return outcomeOf(
      expectError(answer, { status: 401, errcode: 'M_MISSING_TOKEN' }, claim),
      'Ohne Anmeldung: 401 mit M_MISSING_TOKEN',
    );
  },
});
