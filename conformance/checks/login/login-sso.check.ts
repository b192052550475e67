import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting, withHeader, withStatus } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat, type Findings, shown } from '../../lib/match.ts';
import { loginPath } from '../../lib/password-login.ts';
import { callbackPath, comeBack, idpPath, loginTokenIn, ssoPath, tokenLogin } from '../../lib/sso.ts';
import type { Tools } from '../../lib/tools.ts';

// The way leads to the provider that was configured and back to a client the operator trusts; every other client is named to
// the person first. https://spec.matrix.org/v1.19/client-server-api/#client-login-via-sso
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-sso',
    title: 'Die Anmeldung über einen Anmeldedienst führt nur zu ihm und nur zu vertrauten Clients zurück',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('client-login-via-sso'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Der Weg führt zu einem fremden Anmeldedienst',
      defect: { when: { path: ssoPath }, alter: withHeader('location', 'https://fremd.example/authorize') },
      expectFinding: 'other-provider',
    },
    {
      title: 'Ein unbekannter Anmeldedienst wird hingenommen',
      defect: {
        when: { path: idpPath },
        alter: (answer, seen) => (answer.status === 404 ? withStatus(302)(answer, seen) : answer),
      },
      expectFinding: 'unknown-provider',
    },
    {
      title: 'Ein fremder Client erhält den Schlüssel ohne Rückfrage',
      defect: {
        when: { path: callbackPath },
        alter: (answer, seen) =>
          answer.status === 200
            ? withHeader('location', 'https://fremd.example/?loginToken=a')(withStatus(302)(answer, seen), seen)
            : answer,
      },
      expectFinding: 'not-confirmed',
    },
    {
      title: 'Die Anmeldung führt in ein anderes Konto',
      defect: { when: { method: 'POST', path: loginPath }, alter: setting(['user_id'], '@fremd:example.org') },
      expectFinding: 'other-account',
    },
  ],
  async run(tools) {
    const { request, random, surroundings, target } = tools;
    const { id: idpId, issuer } = surroundings().openIdProvider;
    const flows = await request('GET', loginPath);
    const sso = arrayAt(flows.json, ['flows']).find((flow) => valueAt(flow, ['type']) === 'm.login.sso');
    const providers = arrayAt(sso, ['identity_providers']).map((provider) => stringAt(provider, ['id']));
    const open = (path: string, query: Record<string, string>, params = { idpId }) =>
      request('GET', path, { params, query });
    const any = await open(ssoPath, { redirectUrl: trustedClient });
    const unknown = await open(idpPath, { redirectUrl: trustedClient }, { idpId: `oidc-${random.word(8)}` });
    const withoutTarget = await open(idpPath, {});
    const subject = `lab-${random.word(10)}`;
    const trusted = await wayThrough(tools, trustedClient, subject);
    const foreign = await wayThrough(tools, 'https://fremd.example/', subject);
    const login = await tokenLogin(request, loginTokenIn(trusted.headers['location']));
    return outcomeOf(
      [
        ...expectEqual(
          flows,
          { wanted: [idpId], got: providers },
          { code: 'providers', title: 'Die genannten Anmeldedienste sind nicht die eingerichteten' },
        ),
        ...leadsTo(any, issuer),
        ...expectStatus(unknown, 404, {
          code: 'unknown-provider',
          title: 'Ein unbekannter Anmeldedienst wird nicht mit 404 abgelehnt',
        }),
        ...expectStatus(withoutTarget, 400, {
          code: 'no-target',
          title: 'Eine Anmeldung ohne Rückkehradresse wird nicht abgelehnt',
        }),
        ...expectThat(foreign, foreign.status === 200 && foreign.headers['location'] === undefined, {
          code: 'not-confirmed',
          title: 'Ein Client, dem der Betreiber nicht vertraut, erhält den Schlüssel ohne Rückfrage',
          expected: 'eine Seite, die die Person fragt',
          observed: `Status ${foreign.status}, weiter zu ${shown(foreign.headers['location'])}`,
        }),
        ...expectEqual(
          login,
          { wanted: `@${subject}:${target.serverName}`, got: stringAt(login.json, ['user_id']) },
          { code: 'other-account', title: 'Die Anmeldung über den Anmeldedienst führt nicht in das eigene Konto' },
        ),
      ],
      'Anmeldedienst, Rückkehr und Rückfrage wie vorgesehen; die Anmeldung führt in das eigene Konto',
    );
  },
});

/** The one client the variant trusts. */
const trustedClient = 'https://client.pruefstand.invalid/';

function leadsTo(answer: Awaited<ReturnType<Tools['request']>>, issuer: string): Findings {
  const location = answer.headers['location'];
  return expectThat(answer, answer.status === 302 && location?.startsWith(`${issuer}/`) === true, {
    code: 'other-provider',
    title: 'Die Anmeldung führt nicht zum eingerichteten Anmeldedienst',
    expected: `302 zu ${issuer}`,
    observed: `Status ${answer.status}, weiter zu ${shown(location)}`,
  });
}

async function wayThrough({ request, surroundings }: Tools, redirectUrl: string, subject: string) {
  const provider = surroundings().openIdProvider;
  const begun = await request('GET', idpPath, { params: { idpId: provider.id }, query: { redirectUrl } });
  return comeBack(request, { provider, begun, location: begun.headers['location'], subject });
}
