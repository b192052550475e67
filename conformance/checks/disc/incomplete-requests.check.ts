import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';

const questions = [
  { method: 'POST', path: '/_matrix/client/v3/register/email/requestToken' },
  { method: 'POST', path: '/_matrix/client/v3/account/password/email/requestToken' },
  { method: 'POST', path: '/_matrix/client/v3/account/3pid/email/requestToken' },
  { method: 'GET', path: '/_matrix/client/v1/register/m.login.registration_token/validity' },
  { method: 'GET', path: '/_matrix/client/v3/login/sso/redirect' },
] as const;

const registration = { method: 'POST', path: questions[0].path };
const validity = { method: 'GET', path: questions[3].path };

// Whoever leaves out what an operation needs is told so, and nothing is done.
// https://spec.matrix.org/v1.19/client-server-api/#standard-error-response
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.incomplete-requests',
    title: 'Eine Anfrage, in der das Nötige fehlt, wird als fehlerhaft abgelehnt',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('standard-error-response'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Ohne Mailadresse wird trotzdem eine Sitzung eröffnet',
      defect: { when: registration, alter: answering(200, { sid: '1' }) },
      expectFinding: 'incomplete-accepted',
    },
    {
      title: 'Die Auskunft über einen nicht genannten Schlüssel wird erteilt',
      defect: { when: validity, alter: answering(200, { valid: true }) },
      expectFinding: 'incomplete-accepted',
    },
    {
      title: 'Die Ablehnung behauptet, das Nötige sei nicht vorhanden',
      defect: { when: validity, alter: answering(404, { errcode: 'M_NOT_FOUND', error: 'altered' }) },
      expectFinding: 'incomplete-accepted',
    },
  ],
  async run({ request }) {
    const findings: Findings[] = [];
    for (const { method, path } of questions) {
      findings.push(malformedFindings(await request(method, path, { ...(method === 'POST' && { body: {} }) })));
    }
    return outcomeOf(findings.flat(), `${questions.length} unvollständige Anfragen werden als fehlerhaft abgelehnt`);
  },
});

function malformedFindings(answer: Answer): Findings {
  const errcode = stringAt(answer.json, ['errcode']);
  return expectThat(answer, answer.status === 400 && errcode !== undefined, {
    code: 'incomplete-accepted',
    title: 'Eine unvollständige Anfrage wird nicht als fehlerhaft abgelehnt',
    expected: 'Status 400 mit errcode',
    observed: `Status ${answer.status}${errcode === undefined ? '' : ` mit errcode ${errcode}`}`,
  });
}
