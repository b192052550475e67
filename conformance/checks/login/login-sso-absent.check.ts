import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, withHeader } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const paths = ['/_matrix/client/v3/login/sso/redirect', '/_matrix/client/v3/login/sso/redirect/{idpId}'];
const elsewhere = 'https://anderswo.example/anmelden';

// A server that does not log in through another service must not send people on to any address it is given.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3loginssoredirect
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-sso-absent',
    title: 'Ohne Anmeldung über einen anderen Dienst leitet der Server niemanden weiter',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3loginssoredirect'),
  },
  counterexamples: [
    {
      title: 'Der Server leitet an die mitgegebene Adresse weiter',
      defect: {
        when: { path: '/_matrix/client/v3/login/sso/redirect' },
        alter: (answer, seen) => withHeader('location', elsewhere)(answering(302, {})(answer, seen), seen),
      },
      expectFinding: 'sends-on',
    },
    {
      title: 'Ein nicht genannter Anmeldedienst antwortet',
      defect: {
        when: { path: '/_matrix/client/v3/login/sso/redirect/{idpId}' },
        alter: answering(200, {}),
      },
      expectFinding: 'sends-on',
    },
  ],
  async run({ request }) {
    const flows = premise(await request('GET', '/_matrix/client/v3/login'));
    const types = arrayAt(flows.json, ['flows']).map((flow) => valueAt(flow, ['type']));
    if (types.includes('m.login.sso')) return notApplicable('Die Anmeldung über einen anderen Dienst wird angeboten.');
    const findings = [];
    for (const path of paths) {
      const options = { params: { idpId: 'pruefstand' }, query: { redirectUrl: elsewhere } };
      findings.push(...refusedFindings(await request('GET', path, options)));
    }
    return outcomeOf(findings, 'Beide Adressen zur Weiterleitung lehnen ab');
  },
});

/** Of the codes the first says that the server has no such endpoint, the second that it knows no such service. */
const absent = ['M_UNRECOGNIZED', 'M_NOT_FOUND'];

function refusedFindings(answer: Answer): Findings {
  const { status, headers, json } = answer;
  const errcode = stringAt(json, ['errcode']) ?? 'keiner';
  const isRefused = status === 404 ? absent.includes(errcode) : status >= 400 && status < 500;
  return expectThat(answer, isRefused && headers['location'] === undefined, {
    code: 'sends-on',
    title: 'Der Server leitet zu einer Anmeldung weiter, die er nicht anbietet',
    expected: `eine Ablehnung ohne Weiterleitung, mit Status 404 als ${absent.join(' oder ')}`,
    observed: `Status ${status}, errcode ${errcode}${headers['location'] === undefined ? '' : ' mit Weiterleitung'}`,
  });
}
