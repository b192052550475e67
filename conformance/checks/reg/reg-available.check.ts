import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { localpartOf } from '../../lib/password-login.ts';

const path = '/_matrix/client/v3/register/available';

// Whoever registers learns beforehand whether a name is free, taken or impossible.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3registeravailable
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-available',
    title: 'Vor der Registrierung sagt der Server, ob ein Name frei, vergeben oder unzulässig ist',
    requirements: ['KO-05'],
    needs: ['passwordAccounts'],
    timeoutMs: 120_000,
    spec: clause('get_matrixclientv3registeravailable'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Ein freier Name gilt als nicht verfügbar',
      defect: { when: { path }, alter: onlyNth(1, setting(['available'], false)) },
      expectFinding: 'free-name',
    },
    {
      title: 'Ein vergebener Name gilt als frei',
      defect: { when: { path }, alter: onlyNth(2, answering(200, { available: true })) },
      expectFinding: 'taken-name',
    },
    {
      title: 'Ein unzulässiger Name gilt als frei',
      defect: { when: { path }, alter: onlyNth(3, answering(200, { available: true })) },
      expectFinding: 'impossible-name',
    },
  ],
  async run({ request, account, random }) {
    const ask = (username: string) => request('GET', path, { query: { username } });
    const free = await ask(`pruefstand-${random.word(12)}`);
    if (isSwitchedOff(free)) {
      return notApplicable('Die Registrierung ist ausgeschaltet (enable_registration).');
    }
    const { userId } = await account('taken', 'ordinary');
    const taken = await ask(localpartOf(userId));
    const impossible = await ask('nicht erlaubt!');
    return outcomeOf(
      [
        ...expectEqual(
          free,
          { wanted: true, got: valueAt(free.json, ['available']) },
          { code: 'free-name', title: 'Ein freier Name wird nicht als frei gemeldet' },
        ),
        ...expectError(
          taken,
          { status: 400, errcode: 'M_USER_IN_USE' },
          { code: 'taken-name', title: 'Ein vergebener Name wird nicht als vergeben gemeldet' },
        ),
        ...expectError(
          impossible,
          { status: 400, errcode: 'M_INVALID_USERNAME' },
          { code: 'impossible-name', title: 'Ein unzulässiger Name wird nicht als unzulässig gemeldet' },
        ),
      ],
      'Freier Name verfügbar, vergebener 400 mit M_USER_IN_USE, unzulässiger 400 mit M_INVALID_USERNAME',
    );
  },
});

function isSwitchedOff({ status, json }: Answer): boolean {
  const errcode = stringAt(json, ['errcode']);
  return (status === 403 && errcode === 'M_FORBIDDEN') || (status === 404 && errcode === 'M_UNRECOGNIZED');
}
