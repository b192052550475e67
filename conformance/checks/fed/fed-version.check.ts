import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { closedReason, isClosed, versionPath } from '../../lib/federation.ts';
import { objectAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus } from '../../lib/match.ts';
import { serverClause } from '../../lib/server-api.ts';

const unknownPath = '/_matrix/federation/v1/de.pruefstand.unknown';
const declared = ['name', 'version'];

// Other homeservers learn what software answers, and nothing beyond it.
// https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1version
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-version',
    title: 'Anderen Homeservern nennt der Server nur Name und Version seiner Software',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: serverClause('get_matrixfederationv1version'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Die Antwort verrät auch das Betriebssystem',
      defect: { when: { path: versionPath }, alter: setting(['server', 'os'], 'Linux 6.1') },
      expectFinding: 'more-than-declared',
    },
    {
      title: 'Die Version ist eine Zahl',
      defect: { when: { path: versionPath }, alter: setting(['server', 'version'], 1) },
      expectFinding: 'schema-violation',
    },
    {
      title: 'Ein Pfad, den es nicht gibt, antwortet',
      defect: { when: { path: unknownPath }, alter: answering(200, {}) },
      expectFinding: 'unknown-path-answered',
    },
  ],
  async run({ request }) {
    const version = await request('GET', versionPath);
    if (isClosed(version)) return notApplicable(closedReason);
    const unknown = await request('GET', unknownPath);
    const told = Object.keys(objectAt(version.json, ['server'])).filter((key) => !declared.includes(key));
    return outcomeOf(
      [
        ...expectStatus(version, 200, { code: 'no-version', title: 'Die Version der Software wird nicht genannt' }),
        ...expectEqual(
          version,
          { wanted: [], got: told },
          { code: 'more-than-declared', title: 'Anderen Homeservern wird mehr als Name und Version verraten' },
        ),
        ...expectError(
          unknown,
          { status: 404, errcode: 'M_UNRECOGNIZED' },
          {
            code: 'unknown-path-answered',
            title: 'Ein unbekannter Pfad der Föderation wird nicht als solcher abgelehnt',
          },
        ),
      ],
      'Genannt werden nur Name und Version; ein unbekannter Pfad: 404 mit M_UNRECOGNIZED',
    );
  },
});
