import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answeringPage, setting, withStatus } from '../../lib/defect.ts';
import { expectError } from '../../lib/match.ts';

// Verbs that no edition of the specification gives these paths; none of them could change anything.
const wrong = [
  ['DELETE', '/_matrix/client/versions'],
  ['PUT', '/_matrix/client/v3/login'],
  ['DELETE', '/_matrix/client/v3/sync'],
  ['PUT', '/_matrix/client/v3/account/whoami'],
  ['GET', '/_matrix/client/v3/createRoom'],
  ['GET', '/_matrix/client/v3/keys/query'],
] as const;

// A known path with a verb it does not have is told apart from an unknown path.
// https://spec.matrix.org/v1.19/client-server-api/#common-error-codes
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.unknown-method',
    title: 'Falsche Methoden an bekannten Adressen beantwortet der Server mit 405',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('common-error-codes'),
  },
  counterexamples: [
    { title: 'Der Server antwortet 404', defect: methodDefect(withStatus(404)), expectFinding: 'unknown-method' },
    {
      title: 'Statt des Fehlers kommt eine Webseite',
      defect: methodDefect(answeringPage),
      expectFinding: 'unknown-method',
    },
    {
      title: 'Der Fehler trägt den falschen Code',
      defect: methodDefect(setting(['errcode'], 'M_UNKNOWN')),
      expectFinding: 'unknown-method',
    },
  ],
  async run({ request }) {
    const claim = {
      code: 'unknown-method',
      title: 'Eine falsche Methode wird nicht mit dem vorgesehenen Fehler beantwortet',
    };
    const findings = [];
    for (const [method, path] of wrong) {
      findings.push(...expectError(await request(method, path), { status: 405, errcode: 'M_UNRECOGNIZED' }, claim));
    }
    return outcomeOf(findings, `${wrong.length} falsche Methoden: 405 mit M_UNRECOGNIZED`);
  },
});

function methodDefect(alter: typeof answeringPage) {
  return { when: { method: 'PUT', path: '/_matrix/client/v3/login' }, alter };
}
