import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { expectError } from '../../lib/match.ts';

const path = '/_matrix/client/v3/user/{userId}/filter';
const createPath = '/_matrix/client/v3/createRoom';

// What is no UTF-8 is no JSON, and is refused before it can be stored.
// https://spec.matrix.org/v1.19/client-server-api/#common-error-codes
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.bad-utf8',
    title: 'Anfragen mit fehlerhafter Zeichenkodierung werden mit dem vorgesehenen Fehler abgelehnt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('common-error-codes'),
  },
  counterexamples: [
    {
      title: 'Die fehlerhafte Anfrage wird angenommen',
      defect: { when: { path }, alter: answering(200, { filter_id: '1' }) },
      expectFinding: 'accepted',
    },
    {
      title: 'Der Fehler trägt den falschen Code',
      defect: { when: { path: createPath }, alter: setting(['errcode'], 'M_UNKNOWN') },
      expectFinding: 'accepted',
    },
  ],
  async run({ request, user }) {
    const session = await user('utf8');
    const claim = {
      code: 'accepted',
      title: 'Eine Anfrage, die kein gültiges UTF-8 ist, wird nicht mit dem vorgesehenen Fehler abgelehnt',
    };
    const answers = [
      await request('POST', path, { params: { userId: session.userId }, session, body: withBadByte('de.pruefstand') }),
      await request('POST', createPath, { session, body: withBadByte('name') }),
    ];
    return outcomeOf(
      answers.flatMap((answer) => expectError(answer, { status: 400, errcode: 'M_NOT_JSON' }, claim)),
      `${answers.length} Anfragen mit fehlerhafter Kodierung: 400 mit M_NOT_JSON`,
    );
  },
});

/** An object with one member whose text begins with a byte that UTF-8 does not have. */
function withBadByte(key: string): Uint8Array {
  const encoder = new TextEncoder();
  return Uint8Array.from([...encoder.encode(`{"${key}":"`), 0xff, 0x61, ...encoder.encode('"}')]);
}
