import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { serverKeyPath } from '../../lib/federation.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectError, expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { serverClause } from '../../lib/server-api.ts';
import { isSignedByItself, isVouchedFor } from '../../lib/server-keys.ts';
import { openPeer } from '../../peer/peer.ts';

const queryPath = '/_matrix/key/v2/query';
const queryTemplate = '/_matrix/key/v2/query/{serverName}';

// A homeserver vouches for the keys of another one: what it hands on bears both signatures.
// https://spec.matrix.org/v1.19/server-server-api/#get_matrixkeyv2queryservername
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-keys-vouched',
    title: 'Schlüssel eines anderen Homeservers gibt der Server mit dessen und mit der eigenen Signatur weiter',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('get_matrixkeyv2queryservername'),
    rows: ['fed-keys'],
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Auf die Nachfrage mit GET kommen keine Schlüssel',
      defect: { when: { method: 'GET', path: queryTemplate }, alter: answering(200, { server_keys: [] }) },
      expectFinding: 'not-handed-on',
    },
    {
      title: 'Auf die Nachfrage mit POST kommt ein verändertes Dokument',
      defect: {
        when: { method: 'POST', path: queryPath },
        alter: setting(['server_keys', 0, 'valid_until_ts'], 4_102_444_800_000),
      },
      expectFinding: 'signature-of-owner',
    },
    {
      title: 'Der Server steht mit der Signatur eines anderen Servers für die Schlüssel ein',
      defect: {
        when: { path: serverKeyPath },
        alter: setting(['server_name'], 'example.org'),
      },
      expectFinding: 'signature-of-notary',
    },
  ],
  async run(tools) {
    const { request } = tools;
    const peer = await openPeer(tools);
    const { serverName } = peer;
    const own = premise(await request('GET', serverKeyPath));
    // By name first: whether all keys are fetched from a homeserver of which none is known is asked elsewhere.
    const wanted = { [`ed25519:${peer.identity.keyName}`]: { minimum_valid_until_ts: tools.now() } };
    const byPost = await request('POST', queryPath, { body: { server_keys: { [serverName]: wanted } } });
    const byGet = await request('GET', queryTemplate, { params: { serverName } });
    const broken = await request('POST', queryPath, { body: '{"server_keys": ' });
    return outcomeOf(
      [
        ...[byGet, byPost].flatMap((answer) => handedOnFindings(answer, serverName, own.json)),
        ...expectError(
          broken,
          { status: 400, errcode: ['M_NOT_JSON', 'M_BAD_JSON'] },
          { code: 'bad-json-answered', title: 'Eine Nachfrage in fehlerhaftem JSON wird nicht als solche abgelehnt' },
        ),
      ],
      'Schlüssel mit GET und POST erhalten, signiert vom Eigentümer und vom gefragten Server',
    );
  },
});

function handedOnFindings(answer: Answer, serverName: string, notary: unknown): Findings {
  const documents = arrayAt(answer.json, ['server_keys']).filter(
    (document) => stringAt(document, ['server_name']) === serverName,
  );
  return [
    ...expectThat(answer, documents.length > 0, {
      code: 'not-handed-on',
      title: 'Schlüssel eines anderen Homeservers werden auf Nachfrage nicht herausgegeben',
      expected: 'die Schlüssel des anderen Homeservers',
      observed: 'keine',
    }),
    ...expectThat(answer, documents.every(isSignedByItself), {
      code: 'signature-of-owner',
      title: 'Weitergegebene Schlüssel tragen keine gültige Signatur ihres Eigentümers',
      expected: 'eine gültige Signatur mit jedem der Schlüssel',
      observed: 'sie fehlt oder passt nicht zum Inhalt',
    }),
    ...expectThat(
      answer,
      documents.every((document) => isVouchedFor(document, notary)),
      {
        code: 'signature-of-notary',
        title: 'Weitergegebene Schlüssel tragen keine gültige Signatur des Servers, der sie weitergibt',
        expected: 'auch die Signatur des gefragten Servers',
        observed: 'sie fehlt oder passt nicht zum Inhalt',
      },
    ),
  ];
}
