import { outcomeOf } from '../../../core/model/outcome.ts';
import type { SinkRequest } from '../../../core/model/surroundings.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { expectError, expectThat, type Findings } from '../../lib/match.ts';

const thirdParty = '/_matrix/client/v3/thirdparty';

// Whom and what the service of another network does not know is not found, and said so.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3thirdpartyuserprotocol
export const check = conformanceCheck({
  meta: {
    id: 'conformance.as.as-thirdparty-missing',
    title: 'Was ein angebundener Dienst nicht kennt, wird als nicht gefunden gemeldet',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('get_matrixclientv3thirdpartyuserprotocol'),
    rows: ['as-query'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Zu einer Person, die der Dienst nicht kennt, wird jemand genannt',
      defect: { when: { path: `${thirdParty}/user/{protocol}` }, alter: answering(200, [found('userid', '@a:b.c')]) },
      expectFinding: 'unknown-found',
    },
    {
      title: 'Zu einem Raumnamen, den der Dienst nicht kennt, wird ein Ort genannt',
      defect: { when: { path: `${thirdParty}/location` }, alter: answering(200, [found('alias', '#a:b.c')]) },
      expectFinding: 'unknown-found',
    },
  ],
  async run({ request, user, random, surroundings, target }) {
    const service = surroundings().applicationService;
    const session = await user('alice');
    const word = random.word(10);
    const own = `${service.prefix}${word}:${target.serverName}`;
    const ignorant = ({ path }: SinkRequest) => path.startsWith('/_matrix/app/v1/thirdparty/');
    using _ignorant = service.answering(
      (asked) => ignorant(asked) && Object.values(asked.query).some((value) => value?.includes(word)),
      { status: 404, json: { errcode: 'M_NOT_FOUND', error: 'unknown' } },
    );
    const params = { protocol: service.protocol };
    const ask = (path: string, query: Readonly<Record<string, string>>) =>
      request('GET', `${thirdParty}/${path}`, { params, session, query });
    const answers = [
      await ask('user/{protocol}', { nick: word }),
      await ask('location/{protocol}', { channel: word }),
      await ask('user', { userid: `@${own}` }),
      await ask('location', { alias: `#${own}` }),
    ];
    return outcomeOf(answers.flatMap(missingFindings), 'Unbekannte Personen und Orte: 404 M_NOT_FOUND');
  },
});

function missingFindings(answer: Answer): Findings {
  const isFound = Array.isArray(answer.json) && answer.json.length > 0;
  return isFound
    ? expectThat(answer, false, {
        code: 'unknown-found',
        title: 'Zu etwas, das der Dienst nicht kennt, wird etwas genannt',
        expected: 'Status 404 mit errcode M_NOT_FOUND',
        observed: `Status ${answer.status} mit einem Fund`,
      })
    : expectError(
        answer,
        { status: 404, errcode: 'M_NOT_FOUND' },
        { code: 'missing-not-told', title: 'Was der Dienst nicht kennt, wird nicht als nicht gefunden gemeldet' },
      );
}

function found(key: 'userid' | 'alias', value: string) {
  return { [key]: value, protocol: 'pruefstand', fields: {} };
}
