import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectError, expectThat, type Findings } from '../../lib/match.ts';

const path = '/_matrix/client/v3/account/whoami';

// A token in the address is outdated because addresses are written down in many places; a server that still takes it
// at least looks at it as carefully as at the other way.
// https://spec.matrix.org/v1.19/client-server-api/#using-access-tokens
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.token-in-query',
    title: 'Ein Zugangsschlüssel in der Adresse wird abgelehnt oder genauso geprüft wie sonst',
    requirements: ['KO-05'],
    needs: ['accounts'],
    timeoutMs: 30_000,
    spec: clause('using-access-tokens'),
  },
  counterexamples: [
    {
      title: 'In der Adresse gilt auch ein erfundener Zugangsschlüssel',
      defect: { when: { path }, alter: onlyNth(2, answering(200, { user_id: '@alice:example.org' })) },
      expectFinding: 'bad-token-accepted',
    },
    {
      title: 'Die Antwort betrifft ein fremdes Konto',
      defect: { when: { path }, alter: onlyNth(1, answering(200, { user_id: '@fremd:example.org' })) },
      expectFinding: 'token-misread',
    },
    {
      title: 'Die Ablehnung nennt den falschen Code',
      defect: { when: { path }, alter: onlyNth(2, setting(['errcode'], 'M_FORBIDDEN')) },
      expectFinding: 'bad-token-accepted',
    },
  ],
  async run({ request, user, random }) {
    const { userId, accessToken } = await user('query');
    const own = await request('GET', path, { query: { access_token: accessToken } });
    const invented = await request('GET', path, { query: { access_token: `pruefstand_${random.word(40)}` } });
    const isTaken = own.status === 200;
    const badToken = { code: 'bad-token-accepted', title: 'Ein erfundener Zugangsschlüssel in der Adresse gilt' };
    const errcode = isTaken ? 'M_UNKNOWN_TOKEN' : ['M_UNKNOWN_TOKEN', 'M_MISSING_TOKEN'];
    return outcomeOf(
      [...ownFindings(own, userId), ...expectError(invented, { status: 401, errcode }, badToken)],
      isTaken
        ? 'Der veraltete Weg wird angenommen, ein erfundener Zugangsschlüssel abgelehnt'
        : 'Zugangsschlüssel in der Adresse werden abgelehnt',
    );
  },
});

function ownFindings(answer: Answer, userId: string): Findings {
  if (answer.status === 200) {
    return expectThat(answer, stringAt(answer.json, ['user_id']) === userId, {
      code: 'token-misread',
      title: 'Ein Zugangsschlüssel in der Adresse führt in ein anderes Konto',
      expected: 'das Konto, dem er gehört',
      observed: stringAt(answer.json, ['user_id']) ?? 'keines',
    });
  }
  return expectError(
    answer,
    { status: 401, errcode: 'M_MISSING_TOKEN' },
    { code: 'token-misread', title: 'Ein Zugangsschlüssel in der Adresse wird weder angenommen noch abgelehnt' },
  );
}
