import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { isClosed, serverKeyPath, versionPath } from '../../lib/federation.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { serverClause } from '../../lib/server-api.ts';

const versionsPath = '/_matrix/client/versions';
const roomsPath = '/_matrix/federation/v1/publicRooms';
const profilePath = '/_matrix/federation/v1/query/profile';
const directoryPath = '/_matrix/federation/v1/query/directory';
const closedPaths = [serverKeyPath, roomsPath, profilePath, directoryPath];

// A homeserver that speaks with no other one leaves nothing open that only others need.
// https://spec.matrix.org/v1.19/server-server-api/
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-disabled',
    title: 'Ist Föderation abgeschaltet, antwortet unter den Adressen für andere Homeserver niemand',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: serverClause('server-discovery'),
  },
  counterexamples: [
    {
      title: 'Die Signaturschlüssel werden herausgegeben',
      defect: { when: { path: serverKeyPath }, alter: answering(200, { server_name: 'example.org', verify_keys: {} }) },
      expectFinding: 'answers-others',
    },
    {
      title: 'Das Raumverzeichnis fragt nach einer Signatur, statt geschlossen zu sein',
      defect: { when: { path: roomsPath }, alter: answering(401, { errcode: 'M_UNAUTHORIZED', error: 'altered' }) },
      expectFinding: 'answers-others',
    },
    {
      title: 'Auskünfte über Profile werden erteilt',
      defect: { when: { path: profilePath }, alter: answering(200, { displayname: 'Alice' }) },
      expectFinding: 'answers-others',
    },
  ],
  async run({ request }) {
    premise(await request('GET', versionsPath));
    const version = await request('GET', versionPath);
    if (!isClosed(version)) return notApplicable('Föderation ist eingeschaltet (federation_domain_whitelist).');
    const answers = [];
    for (const path of closedPaths) answers.push(await request('GET', path));
    return outcomeOf(
      answers.flatMap((answer) =>
        expectThat(answer, answer.status === 403 || answer.status === 404, {
          code: 'answers-others',
          title: 'Trotz abgeschalteter Föderation antwortet ein Pfad für andere Homeserver',
          expected: 'Status 403 oder 404',
          observed: `Status ${answer.status} ${stringAt(answer.json, ['errcode']) ?? ''}`.trim(),
        }),
      ),
      `${answers.length + 1} Pfade der Föderation sind geschlossen`,
    );
  },
});
