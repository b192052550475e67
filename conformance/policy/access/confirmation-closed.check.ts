import { outcomeOf } from '../../../core/model/outcome.ts';
import { answering } from '../../lib/defect.ts';
import { expectThat } from '../../lib/match.ts';
import { policyCheck } from '../lib/policy-check.ts';

const tokenPaths = [
  '/_matrix/client/v3/register/email/requestToken',
  '/_matrix/client/v3/register/msisdn/requestToken',
  '/_matrix/client/v3/account/password/email/requestToken',
  '/_matrix/client/v3/account/password/msisdn/requestToken',
  '/_matrix/client/v3/account/3pid/email/requestToken',
  '/_matrix/client/v3/account/3pid/msisdn/requestToken',
];

// Nobody can have the server confirm a mail address or a telephone number, which would be a way in.
// BundesMessenger, chart: enable_3pid_lookup is false.
export const check = policyCheck({
  meta: {
    id: 'policy.access.confirmation-closed',
    title: 'Der Server bestätigt von außen weder E-Mail-Adressen noch Telefonnummern',
    requirements: ['SI-08'],
    needs: ['mayMutate'],
    timeoutMs: 60_000,
    spec: 'BundesMessenger-Helm-Chart: enable_3pid_lookup',
    rows: ['pol-registration'],
  },
  counterexamples: [
    {
      title: 'Eine Bestätigung an eine E-Mail-Adresse wird verschickt',
      defect: {
        when: { path: '/_matrix/client/v3/register/email/requestToken' },
        alter: answering(200, { sid: '123' }),
      },
      expectFinding: 'confirmation-sent',
    },
  ],
  async run({ request, random }) {
    const body = {
      client_secret: random.word(16),
      send_attempt: 1,
      email: `pruefstand-${random.word(8)}@example.invalid`,
      country: 'DE',
      phone_number: '03000000000',
    };
    for (const path of tokenPaths) {
      const answer = await request('POST', path, { body });
      const findings = expectThat(answer, answer.status >= 400 && answer.status < 500, {
        code: 'confirmation-sent',
        title: 'Der Server verschickt Bestätigungen an E-Mail-Adressen oder Telefonnummern',
        expected: 'eine Ablehnung (Status 400 bis 499)',
        observed: `Status ${answer.status}`,
      });
      // Each attempt uses up a narrow limit; the first open way is answer enough.
      if (findings.length > 0) return outcomeOf(findings, '');
    }
    return outcomeOf([], `${tokenPaths.length} Wege zur Bestätigung: alle abgelehnt`);
  },
});
