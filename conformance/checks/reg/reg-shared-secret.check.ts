import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_synapse/admin/v1/register';

// The way on which the administration makes accounts with a shared secret does not begin on the public address.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-shared-secret',
    title: 'Das Anlegen von Konten mit gemeinsamem Geheimnis ist von außen nicht erreichbar',
    requirements: ['SI-08'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3register'),
  },
  counterexamples: [
    {
      title: 'Der Server gibt einen Einmalwert für das Anlegen aus',
      defect: { when: { method: 'GET', path }, alter: answering(200, { nonce: 'abc' }) },
      expectFinding: 'reachable',
    },
    {
      title: 'Der Server prüft das Geheimnis, statt die Anfrage abzuweisen',
      defect: {
        when: { method: 'POST', path },
        alter: answering(403, { errcode: 'M_UNKNOWN', error: 'HMAC incorrect' }),
      },
      expectFinding: 'reachable',
    },
  ],
  async run({ request, random }) {
    premise(await request('GET', '/_matrix/client/versions'));
    const name = `pruefstand-${random.word(10)}`;
    const body = {
      nonce: random.word(32),
      username: name,
      password: random.word(16),
      admin: false,
      mac: '0'.repeat(40),
    };
    const answers = [await request('GET', path), await request('POST', path, { body })];
    return outcomeOf(answers.flatMap(closedFindings), 'Von außen antwortet dort nichts (404)');
  },
});

/** Anything a proxy says instead is right; what Synapse itself says is not. */
function closedFindings(answer: Answer): Findings {
  const { status, json } = answer;
  const isProxy = stringAt(json, ['errcode']) === undefined || stringAt(json, ['errcode']) === 'M_UNRECOGNIZED';
  return expectThat(answer, [401, 403, 404, 405].includes(status) && isProxy, {
    code: 'reachable',
    title: 'Das Anlegen von Konten mit gemeinsamem Geheimnis ist von außen erreichbar',
    expected: 'keine Antwort der Verwaltungsschnittstelle',
    observed: `Status ${status}, ${stringAt(json, ['errcode']) ?? 'ohne errcode'}`,
  });
}
