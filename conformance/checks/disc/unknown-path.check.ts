import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answeringPage, setting, withStatus } from '../../lib/defect.ts';
import { expectError } from '../../lib/match.ts';

// Federation paths are left out: closing them altogether is right where federation is off.
const prefixes = [
  '/_matrix/client/v1',
  '/_matrix/client/v3',
  '/_matrix/client/unstable',
  '/_matrix/media/v1',
  '/_matrix/media/v3',
  '/_matrix',
];

// Clients learn from the error code, not from a page, that a server does not know an endpoint.
// https://spec.matrix.org/v1.19/client-server-api/#common-error-codes
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.unknown-path',
    title: 'Unbekannte Adressen beantwortet der Server mit dem vorgesehenen Fehler statt mit einer Webseite',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('common-error-codes'),
  },
  counterexamples: [
    {
      title: 'Statt des Fehlers kommt eine Webseite',
      defect: unknownDefect(answeringPage),
      expectFinding: 'unknown-path',
    },
    {
      title: 'Der Fehler trägt den falschen Code',
      defect: unknownDefect(setting(['errcode'], 'M_NOT_FOUND')),
      expectFinding: 'unknown-path',
    },
    { title: 'Der Status ist 200', defect: unknownDefect(withStatus(200)), expectFinding: 'unknown-path' },
  ],
  async run({ request, random }) {
    const claim = {
      code: 'unknown-path',
      title: 'Eine unbekannte Adresse wird nicht mit dem vorgesehenen Fehler beantwortet',
    };
    const params = { unbekannt: `pruefstand-${random.word(8)}` };
    const findings = [];
    for (const prefix of prefixes) {
      const answer = await request('GET', `${prefix}/{unbekannt}`, { params });
      findings.push(...expectError(answer, { status: 404, errcode: 'M_UNRECOGNIZED' }, claim));
    }
    return outcomeOf(findings, `${prefixes.length} unbekannte Adressen: 404 mit M_UNRECOGNIZED`);
  },
});

function unknownDefect(alter: typeof answeringPage) {
  return { when: { path: /\/pruefstand-/ }, alter };
}
