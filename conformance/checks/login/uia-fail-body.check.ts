import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, removing, setting } from '../../lib/defect.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus } from '../../lib/match.ts';
import { passwordPath } from '../../lib/password-change.ts';
import { premise } from '../../lib/premise.ts';
import { passwordProof } from '../../lib/uia.ts';

// Whoever mistypes is told so and may try again in the same window.
// https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.uia-fail-body',
    title: 'Nach falscher Kennworteingabe kann man es im selben Vorgang noch einmal versuchen',
    requirements: ['KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('user-interactive-authentication-api'),
  },
  counterexamples: [
    {
      title: 'Der Vorgang bekommt nach dem Fehlversuch eine andere Kennung',
      defect: { when: { path: passwordPath }, alter: onlyNth(2, setting(['session'], 'anders')) },
      expectFinding: 'session-lost',
    },
    {
      title: 'Nach dem Fehlversuch fehlen die Wege zum Nachweis',
      defect: { when: { path: passwordPath }, alter: onlyNth(2, removing(['flows'])) },
      expectFinding: 'flows-lost',
    },
    {
      title: 'Der Fehlversuch wird nicht als solcher gemeldet',
      defect: { when: { path: passwordPath }, alter: onlyNth(2, removing(['errcode'])) },
      expectFinding: 'failure-unsaid',
    },
    {
      title: 'Der zweite Versuch mit richtigem Kennwort misslingt',
      defect: {
        when: { path: passwordPath },
        alter: onlyNth(3, answering(401, { errcode: 'M_FORBIDDEN', error: 'altered', flows: [] })),
      },
      expectFinding: 'second-try-refused',
    },
  ],
  async run({ request, account, device, random }) {
    const owner = await account('retry', 'ordinary');
    const session = await device(owner);
    const body = { new_password: owner.password, logout_devices: false };
    const change = (proof: Readonly<Record<string, unknown>> = {}) =>
      request('POST', passwordPath, { session, body: { ...body, ...proof } });
    const asked = premise(await change(), 401);
    const failed = await change(passwordProof(asked, owner, `Falsch-${random.word(12)}!`));
    const tried = await change(passwordProof(asked, owner, owner.password));
    return outcomeOf(
      [
        ...expectError(
          failed,
          { status: 401, errcode: ['M_FORBIDDEN', 'M_UNAUTHORIZED'] },
          { code: 'failure-unsaid', title: 'Ein Fehlversuch wird nicht mit 401 und Fehlercode gemeldet' },
        ),
        ...expectEqual(
          failed,
          { wanted: stringAt(asked.json, ['session']), got: stringAt(failed.json, ['session']) },
          { code: 'session-lost', title: 'Nach einem Fehlversuch geht der Vorgang nicht weiter' },
        ),
        ...expectEqual(
          failed,
          { wanted: valueAt(asked.json, ['flows']), got: valueAt(failed.json, ['flows']) },
          { code: 'flows-lost', title: 'Nach einem Fehlversuch nennt der Server andere Wege als zuvor' },
        ),
        ...expectStatus(tried, 200, {
          code: 'second-try-refused',
          title: 'Nach einem Fehlversuch wird auch das richtige Kennwort nicht angenommen',
        }),
      ],
      'Fehlversuch: 401 mit Fehlercode, gleicher Vorgang und gleichen Wegen; danach gelingt es',
    );
  },
});
