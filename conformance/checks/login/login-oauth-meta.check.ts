import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectError, expectThat, type Findings } from '../../lib/match.ts';

const path = '/_matrix/client/v1/auth_metadata';
const loginPath = '/_matrix/client/v3/login';

const endpoints = ['authorization_endpoint', 'token_endpoint', 'registration_endpoint', 'revocation_endpoint'];

const metadata = {
  issuer: 'https://konto.example/',
  authorization_endpoint: 'https://konto.example/authorize',
  token_endpoint: 'https://konto.example/token',
  registration_endpoint: 'https://konto.example/register',
  revocation_endpoint: 'https://konto.example/revoke',
  response_types_supported: ['code'],
  response_modes_supported: ['query', 'fragment'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
};

// Either the server hands logging in over to another service and says how to reach it safely, or it does it itself.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1auth_metadata
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-oauth-meta',
    title: 'Der Server beschreibt den Anmeldedienst vollständig oder meldet, dass er selbst anmeldet',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv1auth_metadata'),
  },
  counterexamples: [
    {
      title: 'Der Anmeldedienst ist ohne Verschlüsselung erreichbar',
      defect: { when: { path }, alter: answering(200, { ...metadata, token_endpoint: 'http://konto.example/token' }) },
      expectFinding: 'unsafe-address',
    },
    {
      title: 'Der Anmeldedienst schützt den Anmeldevorgang nicht',
      defect: {
        when: { path },
        alter: answering(200, { ...metadata, code_challenge_methods_supported: ['plain'] }),
      },
      expectFinding: 'no-pkce',
    },
    {
      title: 'Das Fehlen wird mit dem falschen Code gemeldet',
      defect: { when: { path }, alter: answering(404, { errcode: 'M_NOT_FOUND', error: 'altered' }) },
      expectFinding: 'absence-unclear',
    },
    {
      title: 'Der Server nennt überhaupt keinen Weg, sich anzumelden',
      defect: { when: { path: loginPath }, alter: setting(['flows'], []) },
      expectFinding: 'no-way-in',
    },
  ],
  async run({ request }) {
    const answer = await request('GET', path);
    if (answer.status === 200) return outcomeOf(metadataFindings(answer), stringAt(answer.json, ['issuer']) ?? '');
    const login = await request('GET', loginPath);
    const flows = arrayAt(login.json, ['flows']);
    return outcomeOf(
      [
        ...expectError(
          answer,
          { status: 404, errcode: 'M_UNRECOGNIZED' },
          { code: 'absence-unclear', title: 'Dass es keinen Anmeldedienst gibt, wird nicht wie vorgesehen gemeldet' },
        ),
        ...expectThat(login, login.status === 200 && flows.length > 0, {
          code: 'no-way-in',
          title: 'Der Server nennt keinen Weg, sich anzumelden',
          expected: 'einen Anmeldedienst oder eigene Anmeldewege',
          observed: `Status ${login.status}, ${flows.length} Anmeldewege`,
        }),
      ],
      'Kein Anmeldedienst (404 mit M_UNRECOGNIZED), der Server meldet selbst an',
    );
  },
});

function metadataFindings(answer: Answer): Findings {
  const { json } = answer;
  const addresses = ['issuer', ...endpoints].map((key) => ({ key, url: stringAt(json, [key]) ?? '' }));
  const methods = arrayAt(json, ['code_challenge_methods_supported']);
  return [
    ...addresses.flatMap(({ key, url }) =>
      expectThat(answer, URL.canParse(url) && new URL(url).protocol === 'https:', {
        code: 'unsafe-address',
        title: 'Eine Adresse des Anmeldedienstes fehlt oder ist unverschlüsselt',
        expected: `${key} mit https`,
        observed: url || 'fehlt',
      }),
    ),
    ...expectThat(answer, methods.includes('S256'), {
      code: 'no-pkce',
      title: 'Der Anmeldedienst schützt den Anmeldevorgang nicht gegen das Abfangen',
      expected: 'code_challenge_methods_supported mit S256',
      observed: String(valueAt(json, ['code_challenge_methods_supported'])),
    }),
  ];
}
