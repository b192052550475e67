import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { objectAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { passwordPath } from '../../lib/password-change.ts';
import { passwordProof } from '../../lib/uia.ts';

const policyPath = '/_matrix/client/v3/password_policy';

/** Each breaks one rule and keeps the others; all are long unless the length is the matter. */
const weak = [
  { rule: 'm.minimum_length', password: 'aA1!', what: 'zu kurz' },
  { rule: 'm.require_digit', password: 'Kennwort-Ohne!', what: 'ohne Ziffer' },
  { rule: 'm.require_symbol', password: 'KennwortOhne12', what: 'ohne Sonderzeichen' },
  { rule: 'm.require_lowercase', password: 'KENNWORT-OHNE1', what: 'ohne Kleinbuchstaben' },
  { rule: 'm.require_uppercase', password: 'kennwort-ohne1', what: 'ohne Großbuchstaben' },
] as const;

// Every rule the server declares for passwords holds when a person chooses a new one.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountpassword
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.pw-policy',
    title: 'Beim Ändern lehnt der Server jedes Kennwort ab, das gegen seine Kennwortregeln verstößt',
    requirements: ['SI-09', 'KO-05'],
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('post_matrixclientv3accountpassword'),
  },
  counterexamples: [
    {
      title: 'Ein schwaches Kennwort wird angenommen',
      defect: { when: { path: passwordPath }, alter: answering(200, {}) },
      expectFinding: 'weak-accepted',
    },
    {
      title: 'Die Ablehnung sagt nicht, dass es am Kennwort liegt',
      defect: { when: { path: passwordPath }, alter: answering(400, { errcode: 'M_UNKNOWN', error: 'altered' }) },
      expectFinding: 'weak-accepted',
    },
  ],
  async run({ request, account, device }) {
    const owner = await account('policy', 'ordinary');
    const session = await device(owner);
    const policy = await request('GET', policyPath, { session });
    const rules = weak.filter(({ rule }) => isDeclared(valueAt(policy.json, [rule])));
    if (policy.status !== 200 || rules.length === 0) {
      return notApplicable('Der Server nennt keine Kennwortregeln (password_config.policy).');
    }
    const findings = [];
    for (const { password, what } of rules) {
      const body = { new_password: password, logout_devices: false };
      const asked = await request('POST', passwordPath, { session, body });
      // A server may look at the password before or after the proof.
      const answer =
        stringAt(asked.json, ['session']) === undefined
          ? asked
          : await request('POST', passwordPath, {
              session,
              body: { ...body, ...passwordProof(asked, owner, owner.password) },
            });
      const errcode = stringAt(answer.json, ['errcode']) ?? 'keiner';
      findings.push(
        ...expectThat(answer, answer.status === 400 && /^M_(WEAK_)?PASSWORD/.test(errcode), {
          code: 'weak-accepted',
          title: `Ein Kennwort gegen die Regeln wird nicht als solches abgelehnt: ${what}`,
          expected: 'Status 400 mit M_WEAK_PASSWORD oder einem genaueren Code (M_PASSWORD_…)',
          observed: `Status ${answer.status}, errcode ${errcode}`,
        }),
      );
    }
    return outcomeOf(
      findings,
      `${rules.length} von ${Object.keys(objectAt(policy.json, [])).length} Regeln geprüft: jedes schwache Kennwort abgelehnt`,
    );
  },
});

const isDeclared = (value: unknown): boolean => value === true || (typeof value === 'number' && value > 4);
