import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { expectStatus } from '../../lib/match.ts';
import { passwordPath } from '../../lib/password-change.ts';
import { premise } from '../../lib/premise.ts';
import { expectProofRefused, passwordProof } from '../../lib/uia.ts';

// A colleague at an unlocked desk proves with the own password who they are, and gains nothing by it.
// https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api
export const check = conformanceCheck({
  meta: {
    id: 'conformance.login.uia-owner',
    title: 'Der Nachweis einer anderen Person erlaubt keine Änderung am eigenen Konto',
    requirements: ['SI-13', 'KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('user-interactive-authentication-api'),
  },
  counterexamples: [
    {
      title: 'Der fremde Nachweis wird angenommen',
      defect: { when: { path: passwordPath }, alter: onlyNth(2, answering(200, {})) },
      expectFinding: 'foreign-proof-accepted',
    },
    {
      title: 'Auch der eigene Nachweis wird abgelehnt',
      defect: {
        when: { path: passwordPath },
        alter: onlyNth(4, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })),
      },
      expectFinding: 'own-proof-refused',
    },
  ],
  async run({ request, account, device }) {
    const owner = await account('owner', 'ordinary');
    const colleague = await account('colleague', 'ordinary');
    const session = await device(owner);
    // The same password again: whatever happens, nothing changes.
    const body = { new_password: owner.password, logout_devices: false };
    const change = (proof: Readonly<Record<string, unknown>> = {}) =>
      request('POST', passwordPath, { session, body: { ...body, ...proof } });
    const foreign = await change(passwordProof(premise(await change(), 401), colleague, colleague.password));
    const own = await change(passwordProof(premise(await change(), 401), owner, owner.password));
    return outcomeOf(
      [
        ...expectProofRefused(foreign, {
          code: 'foreign-proof-accepted',
          title: 'Das Kennwort einer anderen Person wird bei einer Änderung am Konto nicht abgelehnt',
        }),
        // Without this the refusal above would prove nothing.
        ...expectStatus(own, 200, {
          code: 'own-proof-refused',
          title: 'Auch mit dem eigenen Kennwort gelingt die Änderung nicht',
        }),
      ],
      `Fremder Nachweis: ${foreign.status}, eigener: ${own.status}`,
    );
  },
});
