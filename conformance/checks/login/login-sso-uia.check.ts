import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { type Claim, expectStatus, expectThat, type Findings, shown } from '../../lib/match.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { comeBack, idpPath, loginTokenIn, tokenLogin } from '../../lib/sso.ts';
import type { Tools } from '../../lib/tools.ts';
import { expectProofRefused, flowsOf } from '../../lib/uia.ts';

const path = '/_matrix/client/v3/delete_devices';
const devicePath = '/_matrix/client/v3/devices/{deviceId}';
const fallbackPath = '/_matrix/client/v3/auth/m.login.sso/fallback/web';

// Who came through the provider proves there again who they are; another person's proof counts nothing, and a proof counts for
// the operation it was given for. https://spec.matrix.org/v1.19/client-server-api/#single-sign-on
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-sso-uia',
    title: 'Die erneute Bestätigung über den Anmeldedienst gilt nur für dieselbe Person und denselben Vorgang',
    requirements: ['SI-13', 'KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('single-sign-on'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Der Anmeldedienst wird zur Bestätigung nicht angeboten',
      defect: {
        when: { method: 'POST', path },
        alter: onlyNth(1, answering(401, { session: 'a', flows: [{ stages: ['m.login.dummy'] }], params: {} })),
      },
      expectFinding: 'not-offered',
    },
    {
      title: 'Die Bestätigung einer anderen Person genügt',
      defect: { when: { method: 'POST', path }, alter: onlyNth(2, answering(200, {})) },
      expectFinding: 'other-person',
    },
    {
      title: 'Die Bestätigung genügt auch für einen anderen Vorgang',
      defect: { when: { method: 'DELETE', path: devicePath }, alter: answering(200, {}) },
      expectFinding: 'other-operation',
    },
    {
      title: 'Die eigene Bestätigung genügt nicht',
      defect: { when: { method: 'POST', path }, alter: onlyNth(3, answering(401, { session: 'a', flows: [] })) },
      expectFinding: 'own-proof-refused',
    },
  ],
  async run(tools) {
    const { request, random } = tools;
    const subject = `lab-${random.word(10)}`;
    const session = await signedOn(tools, subject);
    const leaving = await signedOn(tools, subject);
    const remove = (devices: readonly string[], uia?: string) =>
      request('POST', path, { session, body: { devices, ...(uia !== undefined && { auth: { session: uia } }) } });
    const asked = await remove([leaving.deviceId]);
    const offered = flowsOf(asked);
    const notOffered = expectThat(
      asked,
      asked.status === 401 && offered.some((stages) => stages.includes('m.login.sso')),
      {
        code: 'not-offered',
        title: 'Wer über den Anmeldedienst kam, kann sich dort nicht erneut bestätigen',
        expected: 'Status 401 und ein Weg mit m.login.sso',
        observed: `Status ${asked.status}, Wege: ${shown(offered)}`,
      },
    );
    if (notOffered.length > 0) return outcomeOf(notOffered, '');
    const uia = premiseString(asked, ['session'], 401);
    await proven(tools, uia, `lab-${random.word(10)}`);
    const byAnother = await remove([leaving.deviceId], uia);
    await proven(tools, uia, subject);
    const params = { deviceId: leaving.deviceId };
    const otherOperation = await request('DELETE', devicePath, { params, session, body: { auth: { session: uia } } });
    const removed = await remove([leaving.deviceId], uia);
    return outcomeOf(
      [
        ...expectProofRefused(byAnother, {
          code: 'other-person',
          title: 'Die Bestätigung einer anderen Person wird angenommen',
        }),
        ...expectRefused(otherOperation, {
          code: 'other-operation',
          title: 'Eine Bestätigung gilt auch für einen anderen Vorgang als den bestätigten',
        }),
        ...expectStatus(removed, 200, {
          code: 'own-proof-refused',
          title: 'Die eigene Bestätigung über den Anmeldedienst wird nicht angenommen',
        }),
      ],
      'Nur die eigene Bestätigung zählt, und nur für den bestätigten Vorgang',
    );
  },
});

/** Which refusal the specification leaves open. */
const expectRefused = (answer: Answer, claim: Claim): Findings =>
  expectThat(answer, answer.status === 401 || answer.status === 403, {
    ...claim,
    expected: 'Status 401 oder 403',
    observed: `Status ${answer.status}`,
  });

async function signedOn({ request, surroundings }: Tools, subject: string) {
  const provider = surroundings().openIdProvider;
  const query = { redirectUrl: 'https://client.pruefstand.invalid/' };
  const begun = await request('GET', idpPath, { params: { idpId: provider.id }, query });
  const back = await comeBack(request, { provider, begun, location: begun.headers['location'], subject });
  const login = premise(await tokenLogin(request, loginTokenIn(back.headers['location'])));
  return {
    userId: premiseString(login, ['user_id']),
    deviceId: premiseString(login, ['device_id']),
    accessToken: premiseString(login, ['access_token']),
  };
}

/** Proves at the provider, on the page for browsers, who one is. */
async function proven({ request, surroundings }: Tools, session: string, subject: string): Promise<void> {
  const provider = surroundings().openIdProvider;
  const begun = premise(await request('GET', fallbackPath, { query: { session } }));
  const link = new RegExp(`${provider.issuer}[^"'\\s<]+`).exec(begun.text)?.[0].replaceAll('&amp;', '&');
  await comeBack(request, { provider, begun, location: link, subject });
}
