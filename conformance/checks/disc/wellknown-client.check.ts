import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { Target } from '../../../core/model/target.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, answeringPage, setting, withHeader } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { isServedByName } from '../../lib/server-name.ts';

const path = '/.well-known/matrix/client';

// Clients that know only the server's name find the homeserver that was tested, also from a browser.
// https://spec.matrix.org/v1.19/client-server-api/#getwell-knownmatrixclient
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.wellknown-client',
    title: 'Das Auffinden über den Servernamen führt Clients zum geprüften Homeserver',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('getwell-knownmatrixclient'),
  },
  counterexamples: [
    {
      title: 'Das Dokument verweist auf einen anderen Server',
      defect: { when: { path }, alter: setting(['m.homeserver', 'base_url'], 'https://anderswo.example') },
      expectFinding: 'base-url-elsewhere',
    },
    {
      title: 'Browser dürfen das Dokument nicht lesen',
      defect: { when: { path }, alter: withHeader('access-control-allow-origin', undefined) },
      expectFinding: 'cors-missing',
    },
    {
      title: 'Statt des Dokuments kommt eine Webseite',
      defect: { when: { path }, alter: answeringPage },
      expectFinding: 'not-json',
    },
    {
      title: 'Unter der genannten Adresse antwortet kein Homeserver',
      defect: { when: { path: '/_matrix/client/versions' }, alter: answering(404, { errcode: 'M_UNRECOGNIZED' }) },
      expectFinding: 'no-homeserver-there',
    },
  ],
  async run({ request, target }) {
    const document = await request('GET', path);
    if (document.status === 404 && !isServedByName(target)) {
      return inconclusive(
        `Das Dokument gehört unter https://${target.serverName}; die Zieldatei nennt diese Adresse nicht.`,
      );
    }
    const versions = await request('GET', '/_matrix/client/versions');
    return outcomeOf(
      [
        ...documentFindings(document, target),
        ...expectStatus(versions, 200, {
          code: 'no-homeserver-there',
          title: 'Unter der genannten Adresse antwortet kein Matrix-Homeserver',
        }),
      ],
      `base_url ist ${baseUrlIn(document)}, dort antwortet der Homeserver`,
    );
  },
});

const baseUrlIn = ({ json }: Answer): string | undefined =>
  stringAt(json, ['m.homeserver', 'base_url'])?.replace(/\/$/, '');

function documentFindings(answer: Answer, { homeserverUrl }: Target): Findings {
  const origin = answer.headers['access-control-allow-origin'];
  return [
    ...expectStatus(answer, 200, { code: 'status', title: 'Das Auffindungsdokument fehlt' }),
    ...expectThat(answer, answer.json !== undefined, {
      code: 'not-json',
      title: 'Das Auffindungsdokument ist kein JSON',
      expected: 'ein JSON-Dokument',
      observed: answer.headers['content-type'] ?? 'kein Content-Type',
    }),
    ...expectThat(answer, origin === '*', {
      code: 'cors-missing',
      title: 'Clients im Browser dürfen das Auffindungsdokument nicht lesen',
      expected: 'Access-Control-Allow-Origin: *',
      observed: origin ?? 'kein solcher Kopf',
    }),
    ...expectEqual(
      answer,
      { wanted: homeserverUrl, got: baseUrlIn(answer) },
      {
        code: 'base-url-elsewhere',
        title: 'Das Auffindungsdokument nennt nicht den geprüften Homeserver',
      },
    ),
  ];
}
