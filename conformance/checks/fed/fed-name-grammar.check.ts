import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { closedReason, isClosed, serverKeyPath } from '../../lib/federation.ts';
import { arrayAt, objectAt } from '../../lib/json.ts';
import { expectThat } from '../../lib/match.ts';
import { wrongServerNames } from '../../lib/wrong-server-names.ts';

const roomsPath = '/_matrix/federation/v1/publicRooms';
const queryTemplate = '/_matrix/key/v2/query/{serverName}';

// A name that breaks the grammar is no homeserver's: nobody speaks for it, and nothing is handed out about it.
// https://spec.matrix.org/v1.19/appendices/#server-name
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-name-grammar',
    title: 'Wer sich mit einem unmöglichen Servernamen ausgibt, wird abgewiesen',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 60_000,
    spec: 'https://spec.matrix.org/v1.19/appendices/#server-name',
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Ein Homeserver mit einem Namen ohne richtigen Port bekommt Antwort',
      defect: { when: { path: roomsPath }, alter: onlyNth(1, answering(200, { chunk: [] })) },
      expectFinding: 'impossible-answered',
    },
    {
      title: 'Ein unmöglicher Servername bringt den Server durcheinander',
      defect: {
        when: { path: roomsPath },
        alter: onlyNth(3, answering(500, { errcode: 'M_UNKNOWN', error: 'altered' })),
      },
      expectFinding: 'impossible-answered',
    },
    {
      title: 'Zu einem unmöglichen Servernamen werden Schlüssel herausgegeben',
      defect: {
        when: { path: queryTemplate },
        alter: onlyNth(
          1,
          answering(200, {
            server_keys: [{ server_name: 'altered', verify_keys: {}, old_verify_keys: {}, valid_until_ts: 1 }],
          }),
        ),
      },
      expectFinding: 'keys-of-impossible',
    },
  ],
  async run({ request, random, target }) {
    const keys = await request('GET', serverKeyPath);
    if (isClosed(keys)) return notApplicable(closedReason);
    const [key = 'ed25519:a'] = Object.keys(objectAt(keys.json, ['verify_keys']));
    const asked: Answer[] = [];
    const queried: Answer[] = [];
    for (const serverName of wrongServerNames) {
      // The length of an Ed25519 signature.
      const signed = { origin: serverName, destination: target.serverName, key, sig: `${random.word(86)}` };
      asked.push(await request('GET', roomsPath, { headers: { authorization: `X-Matrix ${quoted(signed)}` } }));
      queried.push(await request('GET', queryTemplate, { params: { serverName } }));
    }
    return outcomeOf(
      [
        ...asked.flatMap((answer) =>
          expectThat(answer, answer.status === 400 || answer.status === 401 || answer.status === 403, {
            code: 'impossible-answered',
            title: 'Eine Anfrage im Namen eines Homeservers, den es nicht geben kann, wird nicht abgewiesen',
            expected: 'Status 400, 401 oder 403',
            observed: `Status ${answer.status}`,
          }),
        ),
        ...queried.flatMap((answer) =>
          expectThat(answer, answer.status < 500 && arrayAt(answer.json, ['server_keys']).length === 0, {
            code: 'keys-of-impossible',
            title: 'Die Frage nach Schlüsseln eines Homeservers, den es nicht geben kann, wird falsch beantwortet',
            expected: 'eine Ablehnung oder keine Schlüssel',
            observed: `Status ${answer.status}`,
          }),
        ),
      ],
      `${wrongServerNames.length} unmögliche Servernamen wurden abgewiesen`,
    );
  },
});

const quoted = (parts: Readonly<Record<string, string>>): string =>
  Object.entries(parts)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',');
