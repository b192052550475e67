import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { expectError, type Findings } from '../../lib/match.ts';
import { allowing, expectMalformed } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

interface Written {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  /** Whether something in the body is required, so that an empty object is not enough. */
  readonly requiresKeys?: true;
}

const client = '/_matrix/client/v3';

/** Operations that read a body whatever the setting, each on what the caller may change. */
const operations: readonly Written[] = [
  { method: 'POST', path: `${client}/keys/claim`, requiresKeys: true },
  { method: 'POST', path: `${client}/keys/query`, requiresKeys: true },
  { method: 'POST', path: `${client}/keys/upload` },
  { method: 'POST', path: `${client}/keys/signatures/upload` },
  { method: 'POST', path: `${client}/room_keys/version` },
  { method: 'PUT', path: `${client}/sendToDevice/{eventType}/{txnId}`, requiresKeys: true },
  { method: 'POST', path: `${client}/pushers/set`, requiresKeys: true },
  { method: 'POST', path: `${client}/publicRooms` },
  { method: 'POST', path: `${client}/user_directory/search`, requiresKeys: true },
  { method: 'POST', path: `${client}/search`, requiresKeys: true },
  { method: 'POST', path: `${client}/user/{userId}/filter` },
  { method: 'PUT', path: `${client}/user/{userId}/rooms/{roomId}/tags/{tag}` },
  { method: 'PUT', path: `${client}/presence/{userId}/status`, requiresKeys: true },
  { method: 'PUT', path: `${client}/rooms/{roomId}/typing/{userId}`, requiresKeys: true },
  { method: 'POST', path: `${client}/rooms/{roomId}/read_markers` },
  { method: 'POST', path: `${client}/rooms/{roomId}/invite`, requiresKeys: true },
  { method: 'PUT', path: `${client}/rooms/{roomId}/send/{eventType}/{txnId}` },
];

const [first] = operations;
const when = { path: first?.path ?? '' };

const claims = {
  broken: { code: 'broken-taken', title: 'Abgeschnittenes JSON wird nicht als solches zurückgewiesen' },
  list: { code: 'list-taken', title: 'Eine Liste statt eines Objekts wird nicht als fehlerhaft zurückgewiesen' },
  empty: {
    code: 'incomplete-taken',
    title: 'Ein Objekt, in dem das Nötige fehlt, wird nicht als fehlerhaft zurückgewiesen',
  },
};

// Whatever is to be done with a body, one that is none is refused before anything happens, with the code that says why.
// https://spec.matrix.org/v1.19/client-server-api/#common-error-codes
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.malformed-bodies',
    title: 'Jede Operation, die einen Inhalt liest, weist fehlerhaften mit dem passenden Fehlercode zurück',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('common-error-codes'),
    rows: ['bad-json'],
  },
  counterexamples: [
    {
      title: 'Abgeschnittenes JSON gilt als fehlendes Recht',
      defect: { when, alter: onlyNth(1, setting(['errcode'], 'M_FORBIDDEN')) },
      expectFinding: claims.broken.code,
    },
    {
      title: 'Eine Liste wird angenommen',
      defect: { when, alter: onlyNth(2, allowing) },
      expectFinding: claims.list.code,
    },
    {
      title: 'Ein leeres Objekt wird angenommen, wo etwas nötig ist',
      defect: { when: { path: `${client}/user_directory/search` }, alter: onlyNth(3, allowing) },
      expectFinding: claims.empty.code,
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const roomId = await tools.room(alice);
    const findings: Findings[] = [];
    for (const operation of operations) findings.push(await operationFindings(tools, alice, { roomId, operation }));
    return outcomeOf(
      findings.flat(),
      `${operations.length} Operationen: kaputtes JSON 400 M_NOT_JSON, eine Liste 400 M_BAD_JSON, Fehlendes 400`,
    );
  },
});

async function operationFindings(
  { request, random }: Tools,
  session: Session,
  { roomId, operation }: { readonly roomId: string; readonly operation: Written },
): Promise<Findings> {
  const { method, path, requiresKeys = false } = operation;
  const ask = (body: unknown): Promise<Answer> => {
    const params = { roomId, userId: session.userId, eventType: 'de.pruefstand.probe', tag: 'u.pruefstand' };
    return request(method, path, { params: { ...params, txnId: random.word(12) }, session, body });
  };
  return [
    ...expectError(await ask('{"pruefstand": '), { status: 400, errcode: 'M_NOT_JSON' }, claims.broken),
    ...expectError(await ask([]), { status: 400, errcode: 'M_BAD_JSON' }, claims.list),
    ...(requiresKeys ? expectMalformed(await ask({}), claims.empty) : []),
  ];
}
