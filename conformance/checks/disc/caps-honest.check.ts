import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { currentField, writeField } from '../../lib/profile.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/capabilities';
const passwordPath = '/_matrix/client/v3/account/password';

interface Undertaking {
  readonly capability: string;
  /** What holds when the server says nothing. */
  readonly unsaid: boolean;
  readonly what: string;
  attempt(tools: Tools, session: Session): Promise<Answer>;
}

// Apps hide what the server says it does not allow, and offer the rest; so the server must mean what it says.
// https://spec.matrix.org/v1.19/client-server-api/#capabilities-negotiation
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.caps-honest',
    title: 'Was der Server an Fähigkeiten zusagt, geht, und was er ausschließt, lehnt er ab',
    requirements: ['KO-05'],
    // An account without a password would be offered no way to prove whose it is.
    needs: ['passwordAccounts', 'passwordLogin', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('capabilities-negotiation'),
  },
  counterexamples: [
    {
      title: 'Ein zugesagtes Profilbild lässt sich nicht setzen',
      defect: {
        when: { method: 'PUT', path: '/_matrix/client/v3/profile/{userId}/avatar_url' },
        alter: answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' }),
      },
      expectFinding: 'promised-but-refused',
    },
    {
      title: 'Ausgeschlossen, aber doch möglich: das Kennwort',
      defect: {
        when: { path },
        alter: setting(['capabilities', 'm.change_password'], { enabled: false }),
      },
      expectFinding: 'excluded-but-possible',
    },
    {
      title: 'Ausgeschlossen, aber doch möglich: das Profilbild',
      defect: {
        when: { path },
        alter: setting(['capabilities', 'm.set_avatar_url'], { enabled: false }),
      },
      expectFinding: 'excluded-but-possible',
    },
  ],
  async run(tools) {
    const session = await tools.user('caps', 'ordinary');
    const { json } = premise(await tools.request('GET', path, { session }));
    const findings: Findings[] = [];
    const states: string[] = [];
    for (const undertaking of undertakings) {
      const isOn = valueAt(json, ['capabilities', undertaking.capability, 'enabled']) ?? undertaking.unsaid;
      const answer = await undertaking.attempt(tools, session);
      findings.push(
        isOn === true ? keptFindings(answer, undertaking.what) : excludedFindings(answer, undertaking.what),
      );
      states.push(`${undertaking.capability} ${isOn === true ? 'möglich' : 'ausgeschlossen'}`);
    }
    return outcomeOf(findings.flat(), states.join(', '));
  },
});

const undertakings: readonly Undertaking[] = [
  {
    capability: 'm.set_avatar_url',
    unsaid: true,
    what: 'das Setzen des Profilbilds',
    attempt: (tools, session) => keepField(tools, session, 'avatar_url'),
  },
  {
    capability: 'm.set_displayname',
    unsaid: true,
    what: 'das Setzen des Anzeigenamens',
    attempt: (tools, session) => keepField(tools, session, 'displayname'),
  },
  {
    capability: 'm.change_password',
    unsaid: true,
    what: 'das Ändern des Kennworts',
    // Without proof nothing changes: a server that permits it asks for the proof.
    attempt: ({ request, random }, session) =>
      request('POST', passwordPath, { session, body: { new_password: `Neu-${random.word(12)}!1A` } }),
  },
  {
    capability: 'm.3pid_changes',
    unsaid: true,
    what: 'das Ändern von E-Mail-Adressen und Telefonnummern',
    attempt: ({ request, random }, session) =>
      request('POST', '/_matrix/client/v3/account/3pid/delete', {
        session,
        body: { medium: 'email', address: `${random.word(12)}@example.invalid` },
      }),
  },
];

/** Sets a field of the profile to what it is: nothing changes where it is permitted. */
async function keepField({ request }: Tools, session: Session, keyName: 'avatar_url' | 'displayname'): Promise<Answer> {
  return writeField(request, session, keyName, (await currentField(request, session, keyName)) ?? '');
}

const keptFindings = (answer: Answer, what: string): Findings =>
  expectThat(answer, answer.status !== 403, {
    code: 'promised-but-refused',
    title: `Zugesagt, aber abgelehnt: ${what}`,
    expected: 'keine Ablehnung (403)',
    observed: `Status ${answer.status}`,
  });

// 401 asks for a proof and so offers the operation.
const excludedFindings = (answer: Answer, what: string): Findings =>
  expectThat(answer, answer.status >= 400 && answer.status !== 401, {
    code: 'excluded-but-possible',
    title: `Ausgeschlossen, aber möglich: ${what}`,
    expected: 'eine Ablehnung',
    observed: `Status ${answer.status}`,
  });
