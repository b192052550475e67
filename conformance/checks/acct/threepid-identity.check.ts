import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { withAddress } from '../../lib/mail-address.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';

const base = '/_matrix/client/v3/account/3pid';
const bindPath = `${base}/bind`;
const unbindPath = `${base}/unbind`;
const phonePaths = [
  `${base}/msisdn/requestToken`,
  '/_matrix/client/v3/register/msisdn/requestToken',
  '/_matrix/client/v3/account/password/msisdn/requestToken',
];

// Without an identity server nothing is bound and nothing can be unbound, and phones cannot be proven: each is said, none pretended.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3account3pidunbind
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.threepid-identity',
    title: 'Ohne Identitätsdienst wird keine Adresse veröffentlicht, und der Server sagt es',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3account3pidunbind'),
    rows: ['threepid-list'],
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Das Zurückziehen wird als gelungen gemeldet',
      defect: { when: { path: unbindPath }, alter: setting(['id_server_unbind_result'], 'success') },
      expectFinding: 'pretended',
    },
    {
      title: 'Die Veröffentlichung bei einem unerreichbaren Dienst gilt als gelungen',
      defect: { when: { path: bindPath }, alter: answering(200, {}) },
      expectFinding: 'bound',
    },
    {
      title: 'Eine Telefonnummer gilt als angeschrieben',
      defect: { when: { path: /\/msisdn\/requestToken$/ }, alter: onlyNth(2, answering(200, { sid: 'abc' })) },
      expectFinding: 'phone-accepted',
    },
  ],
  async run(tools) {
    const { request, account, device, random } = tools;
    const owner = await account('identity', 'ordinary');
    const session = await device(owner);
    const address = await withAddress(tools, { session, password: owner.password });
    const secret = random.word(20);
    const unbound = await request('POST', unbindPath, { session, body: { medium: 'email', address } });
    const server = { id_server: 'localhost:1', id_access_token: random.word(20) };
    const bound = await request('POST', bindPath, {
      session,
      body: { ...server, sid: random.word(8), client_secret: secret },
    });
    const phone = { client_secret: secret, country: 'DE', phone_number: '01710000000', send_attempt: 1 };
    const answers = await Promise.all(phonePaths.map((path) => request('POST', path, { session, body: phone })));
    const claimOf = (code: string, title: string) => ({ code, title, expected: 'eine Ablehnung' });
    return outcomeOf(
      [
        ...expectEqual(
          unbound,
          { wanted: 'no-support', got: stringAt(unbound.json, ['id_server_unbind_result']) },
          {
            code: 'pretended',
            title: 'Ohne Identitätsdienst meldet der Server nicht, dass nichts zurückgezogen wurde',
          },
        ),
        ...expectThat(bound, bound.status >= 400, {
          ...claimOf('bound', 'Die Veröffentlichung bei einem unerreichbaren Identitätsdienst gilt als gelungen'),
          observed: `Status ${bound.status}`,
        }),
        ...answers.flatMap((asked) =>
          expectThat(asked, asked.status >= 400 && asked.status < 500, {
            ...claimOf(
              'phone-accepted',
              'Eine Telefonnummer wird angenommen, obwohl niemand Kurznachrichten verschickt',
            ),
            observed: `Status ${asked.status}`,
          }),
        ),
      ],
      'Zurückziehen: no-support; Veröffentlichen und Telefonnummern abgelehnt',
    );
  },
});
