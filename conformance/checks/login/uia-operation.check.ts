import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { expectStatus, expectThat } from '../../lib/match.ts';
import { passwordPath } from '../../lib/password-change.ts';
import { premise } from '../../lib/premise.ts';
import { passwordProof } from '../../lib/uia.ts';

const deactivatePath = '/_matrix/client/v3/account/deactivate';

// What people confirmed with their password is what is done, and nothing else. Whether the rest of the body may change in
// between the specification leaves open: https://github.com/matrix-org/matrix-spec-proposals/issues/2739
// https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.uia-operation',
    title: 'Ein begonnener Nachweis gilt nur für den Vorgang, für den er verlangt wurde',
    requirements: ['SI-13', 'KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('user-interactive-authentication-api'),
  },
  counterexamples: [
    {
      title: 'Der Nachweis für einen anderen Vorgang wird angenommen',
      defect: { when: { path: passwordPath }, alter: onlyNth(1, answering(200, {})) },
      expectFinding: 'proof-reused',
    },
    {
      title: 'Auch der richtige Nachweis wird abgelehnt',
      defect: {
        when: { path: passwordPath },
        alter: onlyNth(3, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })),
      },
      expectFinding: 'right-proof-refused',
    },
  ],
  async run({ request, account, device }) {
    const owner = await account('operation', 'ordinary');
    const session = await device(owner);
    // The proof is begun for closing the account and tried for the harmless operation: the same password again.
    const closing = premise(await request('POST', deactivatePath, { session, body: {} }), 401);
    const body = { new_password: owner.password, logout_devices: false };
    const change = (proof: Readonly<Record<string, unknown>> = {}) =>
      request('POST', passwordPath, { session, body: { ...body, ...proof } });
    const reused = await change(passwordProof(closing, owner, owner.password));
    const right = await change(passwordProof(premise(await change(), 401), owner, owner.password));
    return outcomeOf(
      [
        ...expectThat(reused, reused.status >= 400 && reused.status < 500, {
          code: 'proof-reused',
          title: 'Ein Nachweis für einen anderen Vorgang wird angenommen',
          expected: 'eine Ablehnung',
          observed: `Status ${reused.status}`,
        }),
        ...expectStatus(right, 200, {
          code: 'right-proof-refused',
          title: 'Auch der für den Vorgang verlangte Nachweis wird abgelehnt',
        }),
      ],
      `Nachweis für einen anderen Vorgang: ${reused.status}, für den richtigen: ${right.status}`,
    );
  },
});
