import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { expectStatus, expectThat } from '../../lib/match.ts';
import { passwordFrom } from '../../lib/password-from.ts';
import { premiseString } from '../../lib/premise.ts';
import { registerPath } from '../../lib/registration.ts';

const path = '/_synapse/admin/v1/register';

// Accounts made with the shared secret: who does not have it makes none, and a number used once is used up.
// https://element-hq.github.io/synapse/latest/admin_api/register_api.html
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-nonce',
    title: 'Ohne das gemeinsame Geheimnis der Verwaltung entsteht kein Konto; jede Einmalzahl gilt einmal',
    requirements: ['SI-08'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: 'https://element-hq.github.io/synapse/latest/admin_api/register_api.html',
    standing: 'informative',
    rows: ['reg-shared-secret'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Eine falsche Signatur genügt',
      defect: {
        when: { method: 'POST', path },
        alter: onlyNth(1, answering(200, { user_id: '@altered:example.org', access_token: 'altered' })),
      },
      expectFinding: 'wrong-signature-accepted',
    },
    {
      title: 'Eine verbrauchte Einmalzahl gilt weiter',
      defect: {
        when: { method: 'POST', path },
        alter: onlyNth(2, answering(403, { errcode: 'M_UNKNOWN', error: 'HMAC incorrect' })),
      },
      expectFinding: 'nonce-reusable',
    },
    {
      title: 'Zweimal dieselbe Einmalzahl wird ausgegeben',
      defect: { when: { method: 'GET', path }, alter: setting(['nonce'], 'immer-dieselbe') },
      expectFinding: 'same-nonce',
    },
  ],
  async run({ request, random }) {
    const nonce = premiseString(await request('GET', path), ['nonce']);
    const username = `lab-${random.word(10)}`;
    const mac = '0'.repeat(40);
    const body = { nonce, username, password: passwordFrom(random), admin: true, mac };
    const wrong = await request('POST', path, { body });
    const reused = await request('POST', path, { body });
    const second = await request('GET', path);
    const free = await request('POST', registerPath, { body: { username, password: body.password } });
    return outcomeOf(
      [
        ...expectStatus(wrong, 403, {
          code: 'wrong-signature-accepted',
          title: 'Eine Registrierung mit falscher Signatur wird nicht abgelehnt',
        }),
        ...expectStatus(reused, 400, {
          code: 'nonce-reusable',
          title: 'Eine verbrauchte Einmalzahl wird nicht abgelehnt',
        }),
        ...expectThat(second, premiseString(second, ['nonce']) !== nonce, {
          code: 'same-nonce',
          title: 'Zweimal wird dieselbe Einmalzahl ausgegeben',
          expected: 'eine neue Einmalzahl',
          observed: 'dieselbe',
        }),
        ...expectStatus(free, 401, { code: 'account-made', title: 'Trotz Ablehnung ist der Name nun vergeben' }),
      ],
      'Falsche Signatur: 403; verbrauchte Einmalzahl: 400; der Name blieb frei',
    );
  },
});
