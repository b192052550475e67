import { retryAfterMs } from '../../../core/http/retry-after.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, removing, setting, withHeader } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectError, expectStatus, expectThat } from '../../lib/match.ts';
import { loginPath, passwordLogin } from '../../lib/password-login.ts';
import type { Tools } from '../../lib/tools.ts';

const mostAttempts = 12;
const when = { method: 'POST', path: loginPath, limits: true } as const;

// Who guesses passwords is slowed down and told for how long; afterwards the right password counts again.
// https://spec.matrix.org/v1.19/client-server-api/#rate-limiting
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-ratelimit',
    title: 'Wiederholte falsche Anmeldungen werden gedrosselt, danach gilt das richtige Kennwort wieder',
    requirements: ['SI-10', 'KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    waits: 'Eine Begrenzung muss ablaufen, bevor die richtige Anmeldung gelingt.',
    spec: clause('rate-limiting'),
  },
  variant: 'limited',
  counterexamples: [
    {
      title: 'Es wird beliebig oft geraten',
      defect: {
        when,
        alter: (answer, seen) =>
          answer.status === 429 ? answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })(answer, seen) : answer,
      },
      expectFinding: 'never-limited',
    },
    {
      title: 'Die Drosselung nennt den falschen Fehler',
      defect: {
        when,
        alter: (answer, seen) => (answer.status === 429 ? setting(['errcode'], 'M_FORBIDDEN')(answer, seen) : answer),
      },
      expectFinding: 'never-limited',
    },
    {
      title: 'Die Drosselung sagt nicht, wie lange sie dauert',
      defect: {
        when,
        alter: (answer, seen) =>
          answer.status === 429
            ? withHeader('retry-after', undefined)(removing(['retry_after_ms'])(answer, seen), seen)
            : answer,
      },
      expectFinding: 'no-duration',
    },
    {
      title: 'Das richtige Kennwort gilt auch nach der Wartezeit nicht',
      defect: {
        when,
        alter: (answer, seen) =>
          answer.status === 200 ? answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })(answer, seen) : answer,
      },
      expectFinding: 'still-refused',
    },
  ],
  async run(tools) {
    const { userId, password } = await tools.account('guess', 'ordinary');
    const limited = await guessUntilLimited(tools, userId);
    const findings = [
      ...expectError(
        limited,
        { status: 429, errcode: 'M_LIMIT_EXCEEDED' },
        { code: 'never-limited', title: `${mostAttempts} falsche Anmeldungen werden nicht gedrosselt` },
      ),
      ...expectThat(limited, retryAfterMs({ headers: limited.headers, text: () => limited.text }) !== undefined, {
        code: 'no-duration',
        title: 'Die Drosselung sagt nicht, wie lange sie dauert',
        expected: 'Retry-After oder retry_after_ms',
        observed: 'keines von beiden',
      }),
    ];
    if (findings.length > 0) return outcomeOf(findings, '');
    const right = await passwordLogin(tools.request, userId, password);
    return outcomeOf(
      expectStatus(right, 200, {
        code: 'still-refused',
        title: 'Nach der genannten Wartezeit wird das richtige Kennwort nicht angenommen',
      }),
      'Nach wiederholten falschen Anmeldungen 429 mit Wartezeit; danach gilt das richtige Kennwort',
    );
  },
});

const isOrdinary = ({ status, json }: Answer): boolean =>
  status === 403 && stringAt(json, ['errcode']) === 'M_FORBIDDEN';

/** The first answer that is no ordinary refusal, else the last. */
async function guessUntilLimited({ request, random }: Tools, user: string): Promise<Answer> {
  const identifier = { type: 'm.id.user', user };
  const guess = () => {
    const body = { type: 'm.login.password', identifier, password: `Falsch-${random.word(10)}!` };
    return request('POST', loginPath, { body, fromNewMachine: true, waitsForLimits: false });
  };
  let answer = await guess();
  for (let attempt = 1; attempt < mostAttempts && isOrdinary(answer); attempt++) answer = await guess();
  return answer;
}
