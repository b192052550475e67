import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { expectError } from '../../lib/match.ts';

const path = '/_matrix/client/v3/createRoom';

const cases = [
  { body: '{"name": ', errcode: 'M_NOT_JSON', title: 'Abgeschnittenes JSON wird nicht als solches zurückgewiesen' },
  {
    body: '{"preset": private_chat}',
    errcode: 'M_NOT_JSON',
    title: 'Fehlerhaftes JSON wird nicht als solches zurückgewiesen',
  },
  {
    body: '["private_chat"]',
    errcode: 'M_BAD_JSON',
    title: 'Eine Liste statt eines Objekts wird nicht als solche zurückgewiesen',
  },
] as const;

// Broken and misplaced JSON are told apart, and neither does anything.
// https://spec.matrix.org/v1.19/client-server-api/#common-error-codes
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.bad-json',
    title: 'Fehlerhaftes JSON weist der Server mit dem passenden Fehlercode zurück',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('common-error-codes'),
  },
  counterexamples: [
    {
      title: 'Fehlerhaftes JSON legt einen Raum an',
      defect: { when: { path }, alter: answering(200, { room_id: '!neu:example.org' }) },
      expectFinding: 'm-not-json',
    },
    {
      title: 'Alle Fehler tragen denselben Code',
      defect: { when: { path }, alter: setting(['errcode'], 'M_NOT_JSON') },
      expectFinding: 'm-bad-json',
    },
  ],
  async run({ request, user }) {
    const session = await user('badjson');
    const findings = [];
    for (const { body, errcode, title } of cases) {
      const answer = await request('POST', path, { session, body });
      const code = errcode.toLowerCase().replaceAll('_', '-');
      findings.push(...expectError(answer, { status: 400, errcode }, { code, title }));
    }
    return outcomeOf(findings, 'Kaputtes JSON: 400 mit M_NOT_JSON; Liste statt Objekt: 400 mit M_BAD_JSON');
  },
});
