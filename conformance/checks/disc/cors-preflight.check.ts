import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { withHeader, withStatus } from '../../lib/defect.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const paths = [
  '/_matrix/client/versions',
  '/_matrix/client/v3/login',
  '/_matrix/client/v3/sync',
  '/_matrix/client/v3/createRoom',
  '/_matrix/client/v1/media/config',
  '/_matrix/media/v3/upload',
];

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'];
const requestHeaders = ['X-Requested-With', 'Content-Type', 'Authorization'];

// A browser asks first whether a page from elsewhere may talk to the server; without the answer no web client works.
// https://spec.matrix.org/v1.19/client-server-api/#web-browser-clients
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.cors-preflight',
    title: 'Clients im Browser dürfen jede Operation aufrufen',
    requirements: ['KO-05', 'SI-06'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('web-browser-clients'),
  },
  counterexamples: [
    {
      title: 'Nur eine bestimmte Seite darf anfragen',
      defect: {
        when: { path: '/_matrix/client/v3/login' },
        alter: withHeader('access-control-allow-origin', 'https://a.example'),
      },
      expectFinding: 'origin',
    },
    {
      title: 'Ändern und Löschen ist nicht erlaubt',
      defect: {
        when: { path: '/_matrix/client/v3/sync' },
        alter: withHeader('access-control-allow-methods', 'GET, POST'),
      },
      expectFinding: 'methods',
    },
    {
      title: 'Der Zugangsschlüssel darf nicht mitgeschickt werden',
      defect: {
        when: { path: '/_matrix/media/v3/upload' },
        alter: withHeader('access-control-allow-headers', 'Content-Type'),
      },
      expectFinding: 'headers',
    },
    {
      title: 'Die Voranfrage wird abgelehnt',
      defect: { when: { method: 'OPTIONS', path: '/_matrix/client/v3/createRoom' }, alter: withStatus(401) },
      expectFinding: 'refused',
    },
  ],
  async run({ request }) {
    premise(await request('GET', '/_matrix/client/versions'));
    const preflight = { origin: 'https://client.example', 'access-control-request-method': 'POST' };
    const findings = [];
    for (const path of paths) findings.push(...corsFindings(await request('OPTIONS', path, { headers: preflight })));
    return outcomeOf(findings, `${paths.length} Voranfragen von Browsern wie vorgesehen beantwortet`);
  },
});

function corsFindings(answer: Answer): Findings {
  const header = (name: string) => answer.headers[`access-control-allow-${name}`] ?? '';
  return [
    ...expectThat(answer, answer.status >= 200 && answer.status < 300, {
      code: 'refused',
      title: 'Die Voranfrage eines Browsers wird abgelehnt',
      expected: 'Status 200 bis 299',
      observed: `Status ${answer.status}`,
    }),
    ...expectThat(answer, header('origin') === '*', {
      code: 'origin',
      title: 'Clients von anderen Adressen dürfen nicht anfragen',
      expected: 'Access-Control-Allow-Origin: *',
      observed: header('origin') || 'kein solcher Kopf',
    }),
    ...listFindings(answer, { code: 'methods', wanted: methods, got: header('methods') }),
    ...listFindings(answer, { code: 'headers', wanted: requestHeaders, got: header('headers') }),
  ];
}

function listFindings(
  answer: Answer,
  { code, wanted, got }: { readonly code: string; readonly wanted: readonly string[]; readonly got: string },
): Findings {
  const named = got.split(',').map((item) => item.trim().toLowerCase());
  return expectThat(
    answer,
    wanted.every((item) => named.includes(item.toLowerCase())),
    {
      code,
      title: 'Browser dürfen nicht alles anfragen, was Clients brauchen',
      expected: wanted.join(', '),
      observed: got || 'kein solcher Kopf',
    },
  );
}
