import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectError, expectThat, shown } from '../../lib/match.ts';
import { passwordFrom } from '../../lib/password-from.ts';
import { premise } from '../../lib/premise.ts';
import {
  alteringAccount,
  completeRegistration,
  isProperLocalpart,
  offerOrRefusal,
  registerPath,
} from '../../lib/registration.ts';

// Capital letters are no part of a new id: the name is folded, and then its small form is taken, too.
// https://spec.matrix.org/v1.19/appendices/#user-identifiers
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-case',
    title: 'Großbuchstaben im gewünschten Namen werden klein geschrieben oder abgelehnt, nie übernommen',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3register'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Kennung enthält Großbuchstaben',
      defect: alteringAccount(setting(['user_id'], '@Lab-GROSS:example.org')),
      expectFinding: 'capitals-kept',
    },
    {
      title: 'Derselbe Name in Kleinbuchstaben gilt als frei',
      defect: {
        when: { method: 'POST', path: registerPath },
        alter: (answer, { earlier }) => (earlier.length === 2 ? (earlier[0] ?? answer) : answer),
      },
      expectFinding: 'small-form-free',
    },
  ],
  async run({ request, random, target }) {
    const username = `Lab-${random.word(10).toUpperCase()}`;
    const wanted = { username, password: passwordFrom(random) };
    const first = await offerOrRefusal(request, wanted);
    if (first.session === undefined) {
      const claim = {
        code: 'refused-otherwise',
        title: 'Ein Name mit Großbuchstaben wird mit falschem Fehler abgelehnt',
      };
      const findings = expectError(first.answer, { status: 400, errcode: 'M_INVALID_USERNAME' }, claim);
      return outcomeOf(findings, 'Ein Name mit Großbuchstaben wird abgelehnt: 400 mit M_INVALID_USERNAME');
    }
    const made = premise(await completeRegistration(request, wanted, first.session));
    const userId = stringAt(made.json, ['user_id']);
    const small = username.toLowerCase();
    const isFolded = userId === `@${small}:${target.serverName}`;
    const again = await request('POST', registerPath, { body: { username: small, password: passwordFrom(random) } });
    const taken = {
      code: 'small-form-free',
      title: 'Der kleingeschriebene Name eines vergebenen Kontos gilt als frei',
    };
    return outcomeOf(
      [
        ...expectThat(made, isProperLocalpart(userId), {
          code: 'capitals-kept',
          title: 'Die neue Kennung enthält Zeichen außerhalb der Grammatik',
          expected: 'nur Kleinbuchstaben, Ziffern und ._=-/+',
          observed: shown(userId),
        }),
        ...(isFolded ? expectError(again, { status: 400, errcode: 'M_USER_IN_USE' }, taken) : []),
      ],
      isFolded ? 'Großbuchstaben werden klein geschrieben; der Name ist damit vergeben' : `Abgebildet auf ${userId}`,
    );
  },
});
