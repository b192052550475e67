import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting, withStatus } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { newAddress, withAddress } from '../../lib/mail-address.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { loginPath } from '../../lib/password-login.ts';

// An address that was proven to belong to the account stands for it at login; an unknown one is refused like a wrong password.
// https://spec.matrix.org/v1.19/client-server-api/#identifier-types
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.login-3pid',
    title: 'Die Anmeldung mit bestätigter Mailadresse führt in das Konto, mit fremder Adresse nicht',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('identifier-types'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Adresse führt in ein anderes Konto',
      defect: { when: { method: 'POST', path: loginPath }, alter: onlyNth(1, setting(['user_id'], '@x:example.org')) },
      expectFinding: 'other-account',
    },
    {
      title: 'Ein falsches Kennwort genügt',
      defect: { when: { method: 'POST', path: loginPath }, alter: onlyNth(2, withStatus(200)) },
      expectFinding: 'wrong-password',
    },
    {
      title: 'Die Ablehnung verrät, dass die Adresse unbekannt ist',
      defect: {
        when: { method: 'POST', path: loginPath },
        alter: onlyNth(3, setting(['error'], 'Address not found')),
      },
      expectFinding: 'distinguishable',
    },
  ],
  async run(tools) {
    const { request, account, device, random } = tools;
    const owner = await account('mail', 'ordinary');
    const session = await device(owner);
    const address = await withAddress(tools, { session, password: owner.password });
    const login = (mail: string, password: string | undefined) => {
      const identifier = { type: 'm.id.thirdparty', medium: 'email', address: mail };
      return request('POST', loginPath, {
        body: { type: 'm.login.password', identifier, password },
        fromNewMachine: true,
      });
    };
    const right = await login(address, owner.password);
    const wrong = await login(address, `Falsch-${random.word(10)}!`);
    const unknown = await login(newAddress(tools), owner.password);
    const forbidden = { status: 403, errcode: 'M_FORBIDDEN' };
    const claim = {
      code: 'wrong-password',
      title: 'Eine falsche Anmeldung mit Mailadresse wird nicht wie vorgesehen abgelehnt',
    };
    return outcomeOf(
      [
        ...expectEqual(
          right,
          { wanted: owner.userId, got: stringAt(right.json, ['user_id']) },
          { code: 'other-account', title: 'Die Anmeldung mit Mailadresse führt nicht in das Konto' },
        ),
        ...expectError(wrong, forbidden, claim),
        ...expectError(unknown, forbidden, claim),
        ...expectEqual(
          unknown,
          { wanted: wrong.json, got: unknown.json },
          { code: 'distinguishable', title: 'Die Ablehnung verrät, ob eine Mailadresse zu einem Konto gehört' },
        ),
      ],
      'Anmeldung mit bestätigter Mailadresse gelungen; falsches Kennwort und fremde Adresse gleich abgelehnt',
    );
  },
});
