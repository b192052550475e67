import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { expectStatus } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { expectProofRefused, passwordAsked, passwordProof } from '../../lib/uia.ts';

const path = '/_matrix/client/v3/account/deactivate';
const whoamiPath = '/_matrix/client/v3/account/whoami';

// Nobody closes an account with an open session alone.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountdeactivate
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.deact-wrong',
    title: 'Mit falschem Kennwort lässt sich ein Konto nicht schließen',
    requirements: ['DS-15', 'KO-05'],
    // Where the refusal failed the account would be lost.
    needs: ['passwordAccounts', 'passwordLogin', 'disposableAccounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3accountdeactivate'),
  },
  counterexamples: [
    {
      title: 'Das Konto wird ohne Kennwort geschlossen',
      defect: { when: { path }, alter: onlyNth(1, answering(200, { id_server_unbind_result: 'success' })) },
      expectFinding: 'closed-without-password',
    },
    {
      title: 'Das falsche Kennwort wird angenommen',
      defect: { when: { path }, alter: onlyNth(2, answering(200, { id_server_unbind_result: 'success' })) },
      expectFinding: 'wrong-password-accepted',
    },
    {
      title: 'Nach dem Fehlversuch ist das Konto doch geschlossen',
      defect: { when: { path: whoamiPath }, alter: answering(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'altered' }) },
      expectFinding: 'account-closed',
    },
  ],
  async run({ request, account, device, random }) {
    const owner = await account('keep', 'ordinary');
    const session = await device(owner);
    const asked = await request('POST', path, { session, body: {} });
    const early = passwordAsked(asked, {
      code: 'closed-without-password',
      title: 'Zum Schließen des Kontos wird kein Kennwort verlangt',
    });
    if (early.length > 0) return outcomeOf(early, '');
    const body = passwordProof(premise(asked, 401), owner, `Falsch-${random.word(12)}!`);
    const wrong = await request('POST', path, { session, body });
    const whoami = await request('GET', whoamiPath, { session });
    return outcomeOf(
      [
        ...expectProofRefused(wrong, {
          code: 'wrong-password-accepted',
          title: 'Ein falsches Kennwort wird beim Schließen des Kontos nicht abgelehnt',
        }),
        ...expectStatus(whoami, 200, {
          code: 'account-closed',
          title: 'Nach einem abgelehnten Versuch ist das Konto geschlossen',
        }),
      ],
      `Falsches Kennwort: ${wrong.status}, das Konto besteht weiter`,
    );
  },
});
