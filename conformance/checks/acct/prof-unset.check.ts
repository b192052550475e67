import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { objectAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { fieldTemplate, isHidden, profileTemplate, readField } from '../../lib/profile.ts';

const fields = [
  { name: 'displayname', code: 'unset-name' },
  { name: 'avatar_url', code: 'unset-picture' },
  { name: 'm.tz', code: 'unset-field' },
  { name: 'de.pruefstand.unset', code: 'unset-field' },
];

// Nothing there is said by an error, not by an answer in which it is missing.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3profileuseridkeyname
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.prof-unset',
    title: 'Eine nicht gesetzte Angabe im Profil meldet der Server als nicht vorhanden',
    requirements: ['KO-05'],
    needs: ['accounts'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3profileuseridkeyname'),
  },
  counterexamples: [
    {
      title: 'Eine nicht gesetzte Angabe wird erfunden',
      defect: { when: { path: fieldTemplate }, alter: answering(200, { 'de.pruefstand.unset': 'x' }) },
      expectFinding: 'unset-field',
    },
    {
      title: 'Der Fehler trägt den falschen Code',
      defect: { when: { path: fieldTemplate }, alter: setting(['errcode'], 'M_UNRECOGNIZED') },
      expectFinding: 'unset-field',
    },
  ],
  async run({ request, user }) {
    const session = await user('unset');
    const { userId } = session;
    const whole = premise(await request('GET', profileTemplate, { params: { userId }, session }));
    const unset = fields.filter(({ name }) => !Object.hasOwn(objectAt(whole.json, []), name));
    if (unset.length === 0) return inconclusive('Im Profil des Prüfkontos ist alles gesetzt.');
    const findings = [];
    for (const { name, code } of unset) {
      findings.push(...unsetFindings(await readField(request, session, userId, name), { name, code }));
    }
    return outcomeOf(findings, `${unset.length} nicht gesetzte Angaben: 404`);
  },
});

function unsetFindings(answer: Answer, { name, code }: { readonly name: string; readonly code: string }): Findings {
  return expectThat(answer, isHidden(answer), {
    code,
    title: `Eine nicht gesetzte Angabe wird nicht als solche gemeldet: ${name}`,
    expected: 'Status 404',
    observed: `Status ${answer.status}`,
  });
}
