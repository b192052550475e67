import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { removing, setting, withHeader, withStatus } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import type { Tools } from '../../lib/tools.ts';

const statePath = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}';

// Errors of different causes all have the form that programs read and the text that people read.
// https://spec.matrix.org/v1.19/client-server-api/#standard-error-response
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.error-shape',
    title: 'Fehlerantworten haben Code, Text und Inhaltstyp, wie die Spezifikation sie vorsieht',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('standard-error-response'),
  },
  counterexamples: [
    { title: 'Der Fehlercode fehlt', defect: stateDefect(removing(['errcode'])), expectFinding: 'errcode' },
    { title: 'Der Fehlercode ist eine Zahl', defect: stateDefect(setting(['errcode'], 404)), expectFinding: 'errcode' },
    { title: 'Der Text für Menschen fehlt', defect: stateDefect(removing(['error'])), expectFinding: 'error-text' },
    {
      title: 'Der Inhaltstyp ist HTML',
      defect: stateDefect(withHeader('content-type', 'text/html')),
      expectFinding: 'content-type',
    },
    { title: 'Der Fehler kommt mit Status 200', defect: stateDefect(withStatus(200)), expectFinding: 'no-error' },
  ],
  async run(tools) {
    const answers = await provokedErrors(tools);
    const statuses = [...new Set(answers.map(({ status }) => status))].toSorted();
    return outcomeOf(
      answers.flatMap(shapeFindings),
      `${answers.length} Fehlerantworten (${statuses.join(', ')}) in der vorgesehenen Form`,
    );
  },
});

function stateDefect(alter: ReturnType<typeof removing>) {
  return { when: { path: statePath }, alter };
}

async function provokedErrors({ request, user, room }: Tools): Promise<readonly Answer[]> {
  const session = await user('error');
  const roomId = await room(session);
  const stranger = await user('stranger');
  const badId = { params: { userId: stranger.userId }, session };
  return [
    await request('GET', '/_matrix/client/v3/account/whoami'),
    await request('GET', '/_matrix/client/v3/account/whoami', { session: { accessToken: 'keines' } }),
    await request('GET', statePath, { params: { roomId, eventType: 'de.pruefstand.absent' }, session }),
    await request('GET', '/_matrix/client/v3/rooms/{roomId}/state', { params: { roomId }, session: stranger }),
    await request('POST', '/_matrix/client/v3/user/{userId}/filter', { ...badId, body: {} }),
    await request('POST', '/_matrix/client/v3/createRoom', { session, body: { preset: 'unbekannt' } }),
    await request('GET', '/_matrix/client/v3/devices/{deviceId}', { params: { deviceId: 'UNBEKANNT' }, session }),
  ];
}

function shapeFindings(answer: Answer): Findings {
  const errcode = stringAt(answer.json, ['errcode']);
  const error = stringAt(answer.json, ['error']);
  const type = answer.headers['content-type'];
  const title = 'Eine Fehlerantwort hat nicht die vorgesehene Form';
  return [
    ...expectThat(answer, answer.status >= 400 && answer.status < 500, {
      code: 'no-error',
      title: 'Eine unzulässige Anfrage wird nicht abgelehnt',
      expected: 'ein Status von 400 bis 499',
      observed: `Status ${answer.status}`,
    }),
    ...expectThat(answer, errcode !== undefined && /^M_[A-Z0-9_]+$/.test(errcode), {
      code: 'errcode',
      title,
      expected: 'errcode, der mit M_ beginnt',
      observed: errcode ?? 'kein errcode',
    }),
    ...expectThat(answer, error !== undefined && error !== '', {
      code: 'error-text',
      title,
      expected: 'ein erklärender Text unter „error“',
      observed: 'keiner',
    }),
    ...expectThat(answer, type?.startsWith('application/json') === true, {
      code: 'content-type',
      title,
      expected: 'Content-Type: application/json',
      observed: type ?? 'kein Content-Type',
    }),
  ];
}
