import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { type Claim, expectEqual, expectStatus, expectThat, type Findings, shown } from '../../lib/match.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { freshAccount, registerPath } from '../../lib/registration.ts';
import type { Tools } from '../../lib/tools.ts';
import { expectProofRefused, flowsOf } from '../../lib/uia.ts';

const validityPath = '/_matrix/client/v1/register/m.login.registration_token/validity';
const stage = 'm.login.registration_token';
const made = answering(200, { user_id: '@altered:example.org', device_id: 'ALTERED', access_token: 'altered' });

// Only who was handed a token gets an account, and a token for one account makes one.
// https://spec.matrix.org/v1.19/client-server-api/#token-authenticated-registration
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-token',
    title: 'Ein Konto entsteht nur mit gültigem Registrierungsschlüssel, mit jedem so oft wie erlaubt',
    requirements: ['SI-08', 'KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('token-authenticated-registration'),
  },
  variant: 'limited',
  counterexamples: [
    {
      title: 'Ein unbekannter Schlüssel gilt als gültig',
      defect: { when: { path: validityPath }, alter: onlyNth(1, setting(['valid'], true)) },
      expectFinding: 'validity',
    },
    {
      title: 'Ohne Schlüssel gibt es einen Weg zum Konto',
      defect: {
        when: { method: 'POST', path: registerPath },
        alter: onlyNth(1, setting(['flows'], [{ stages: ['m.login.dummy'] }])),
      },
      expectFinding: 'way-without-token',
    },
    {
      title: 'Ein falscher Schlüssel genügt',
      defect: { when: { method: 'POST', path: registerPath }, alter: onlyNth(3, made) },
      expectFinding: 'wrong-token',
    },
    {
      title: 'Ein verbrauchter Schlüssel genügt',
      defect: {
        when: { method: 'POST', path: registerPath },
        alter: (answer, seen) =>
          seen.earlier.some(({ status }) => status === 200) && valueAt(seen.requestJson, ['auth']) !== undefined
            ? made(answer, seen)
            : answer,
      },
      expectFinding: 'used-token',
    },
  ],
  async run(tools) {
    const { request, random } = tools;
    const token = await newToken(tools);
    const validity = async (asked: string) => request('GET', validityPath, { query: { token: asked } });
    const unknown = await validity(random.word(12));
    const fresh = await validity(token);
    const offered = await request('POST', registerPath, { body: {} });
    const wrong = await attempt(tools, random.word(12));
    const right = await attempt(tools, token);
    const used = await validity(token);
    const again = await attempt(tools, token);
    return outcomeOf(
      [
        ...expectEqual(
          used,
          { wanted: [false, true, false], got: [unknown, fresh, used].map(({ json }) => valueAt(json, ['valid'])) },
          { code: 'validity', title: 'Die Auskunft über unbekannte, frische und verbrauchte Schlüssel stimmt nicht' },
        ),
        ...expectThat(
          offered,
          flowsOf(offered).every((stages) => stages.includes(stage)),
          {
            code: 'way-without-token',
            title: 'Die Registrierung bietet einen Weg ohne Schlüssel an',
            expected: `jeder Weg mit ${stage}`,
            observed: shown(flowsOf(offered)),
          },
        ),
        ...refusedFindings(wrong, {
          code: 'wrong-token',
          title: 'Ein falscher Registrierungsschlüssel wird angenommen',
        }),
        ...expectStatus(right, 200, { code: 'right-token', title: 'Ein gültiger Schlüssel wird nicht angenommen' }),
        ...refusedFindings(again, {
          code: 'used-token',
          title: 'Ein verbrauchter Registrierungsschlüssel wird angenommen',
        }),
      ],
      'Falscher und verbrauchter Schlüssel abgelehnt, gültiger genau einmal angenommen',
    );
  },
});

/** The step is not done, and it is said why. */
const refusedFindings = (answer: Answer, claim: Claim): Findings => [
  ...expectProofRefused(answer, claim),
  ...expectThat(answer, !arrayAt(answer.json, ['completed']).includes(stage), {
    ...claim,
    expected: 'kein erledigter Schritt',
    observed: `erledigt: ${shown(arrayAt(answer.json, ['completed']))}`,
  }),
];

/** A token for one account, handed out by the administration. */
async function newToken({ request, user, target }: Tools): Promise<string> {
  const session = await user('tokens', 'administrator');
  const baseUrl = target.adminUrl ?? target.homeserverUrl;
  const path = '/_synapse/admin/v1/registration_tokens/new';
  return premiseString(await request('POST', path, { session, baseUrl, body: { uses_allowed: 1 } }), ['token']);
}

/** Registers with the token; where a further step is asked for that needs nothing, it is taken. */
async function attempt({ request, random }: Tools, token: string): Promise<Answer> {
  const wanted = freshAccount(random);
  const offered = premise(await request('POST', registerPath, { body: wanted }), 401);
  const session = stringAt(offered.json, ['session']);
  const auth = { type: stage, token, session };
  const answer = await request('POST', registerPath, { body: { ...wanted, auth } });
  const isHalfWay = answer.status === 401 && arrayAt(answer.json, ['completed']).includes(stage);
  if (!isHalfWay) return answer;
  return request('POST', registerPath, { body: { ...wanted, auth: { type: 'm.login.dummy', session } } });
}
