import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, answeringPage, withStatus } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { isServedByName } from '../../lib/server-name.ts';

const path = '/.well-known/matrix/server';

// Other servers learn where to federate, or that nothing is delegated.
// https://spec.matrix.org/v1.19/server-server-api/#getwell-knownmatrixserver
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.wellknown-server',
    title: 'Das Auffindungsdokument für andere Server ist gültig oder fehlt ganz',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: 'https://spec.matrix.org/v1.19/server-server-api/#getwell-knownmatrixserver',
  },
  counterexamples: [
    {
      title: 'Das Dokument nennt keinen Servernamen, sondern eine Webadresse',
      defect: { when: { path }, alter: answering(200, { 'm.server': 'https://anderswo.example/' }) },
      expectFinding: 'no-server-name',
    },
    {
      title: 'Statt des Dokuments kommt eine Webseite',
      defect: { when: { path }, alter: (answer, seen) => answeringPage(withStatus(200)(answer, seen), seen) },
      expectFinding: 'no-server-name',
    },
    {
      title: 'Der Abruf wird verboten statt beantwortet',
      defect: { when: { path }, alter: withStatus(403) },
      expectFinding: 'neither-there-nor-absent',
    },
  ],
  async run({ request, target }) {
    const answer = await request('GET', path);
    if (answer.status === 404 && !isServedByName(target)) {
      return inconclusive(
        `Das Dokument gehört unter https://${target.serverName}; die Zieldatei nennt diese Adresse nicht.`,
      );
    }
    premise(await request('GET', '/_matrix/client/versions'));
    const delegated = stringAt(answer.json, ['m.server']);
    const observed = `Status ${answer.status}, m.server: ${delegated ?? 'fehlt'}`;
    return outcomeOf(
      [
        ...expectThat(answer, answer.status === 200 || answer.status === 404, {
          code: 'neither-there-nor-absent',
          title: 'Das Auffindungsdokument für andere Server ist weder da noch als fehlend gemeldet',
          expected: 'Status 200 oder 404',
          observed,
        }),
        ...expectThat(answer, answer.status !== 200 || (delegated !== undefined && serverName.test(delegated)), {
          code: 'no-server-name',
          title: 'Das Auffindungsdokument für andere Server nennt keinen gültigen Servernamen',
          expected: 'm.server mit Rechnername und wahlweise Port',
          observed,
        }),
      ],
      answer.status === 404 ? 'Kein Dokument (404): Es wird nichts delegiert' : `m.server: ${delegated}`,
    );
  },
});

/** https://spec.matrix.org/v1.19/appendices/#server-name */
const serverName = /^(\[[0-9A-Fa-f:.]{2,45}\]|[0-9A-Za-z.-]{1,255})(:\d{1,5})?$/;
