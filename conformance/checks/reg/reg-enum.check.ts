import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { expectEqual, type Findings } from '../../lib/match.ts';
import { localpartOf } from '../../lib/password-login.ts';

const registerPath = '/_matrix/client/v3/register';
const availablePath = '/_matrix/client/v3/register/available';

// Where nobody may register, registration is no way to find out who has an account.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3registeravailable
export const check = conformanceCheck({
  meta: {
    id: 'conformance.reg.reg-enum',
    title: 'Die geschlossene Registrierung verrät nicht, wer ein Konto hat',
    requirements: ['SI-08', 'KO-05'],
    needs: ['accounts'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3registeravailable'),
  },
  counterexamples: [
    {
      title: 'Die Abfrage der Verfügbarkeit meldet ein vorhandenes Konto',
      defect: {
        when: { path: availablePath },
        alter: onlyNth(2, answering(400, { errcode: 'M_USER_IN_USE', error: 'altered' })),
      },
      expectFinding: 'distinguishable',
    },
    {
      title: 'Die Ablehnung der Registrierung nennt das vorhandene Konto',
      defect: { when: { path: registerPath }, alter: onlyNth(2, setting(['error'], 'User ID already taken.')) },
      expectFinding: 'distinguishable',
    },
  ],
  async run({ request, account, random }) {
    const { userId } = await account('enum');
    const existing = localpartOf(userId);
    // A name of the same form, so that only its existence differs.
    const unknown = `${existing.slice(0, -6)}${random.word(6)}`;
    const available = (username: string) => request('GET', availablePath, { query: { username } });
    const register = (username: string) => request('POST', registerPath, { body: { username } });
    const asked: Pair = [await available(unknown), await available(existing)];
    if (asked[0].status === 200) {
      return notApplicable(
        'Die Registrierung ist offen (enable_registration) und nennt vergebene Namen, wie vorgesehen.',
      );
    }
    const tried: Pair = [await register(unknown), await register(existing)];
    return outcomeOf(
      [...sameFindings(asked), ...sameFindings(tried)],
      'Verfügbarkeit und Registrierung antworten für ein vorhandenes und ein erfundenes Konto gleich',
    );
  },
});

type Pair = readonly [unknown: Answer, existing: Answer];

const sameFindings = ([unknown, existing]: Pair): Findings =>
  expectEqual(
    existing,
    { wanted: [unknown.status, unknown.json], got: [existing.status, existing.json] },
    { code: 'distinguishable', title: 'Die Antwort verrät, ob es das Konto gibt' },
  );
