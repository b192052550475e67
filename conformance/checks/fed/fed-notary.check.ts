import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { serverKeyPath } from '../../lib/federation.ts';
import { arrayAt, numberAt, stringAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { serverClause } from '../../lib/server-api.ts';
import type { Tools } from '../../lib/tools.ts';
import { createServerIdentity, type ServerIdentity } from '../../peer/identity.ts';
import { openPeer, type Peer } from '../../peer/peer.ts';
import { keyDocument } from '../../peer/peer-answers.ts';

const queryPath = '/_matrix/key/v2/query';
const queryTemplate = '/_matrix/key/v2/query/{serverName}';
const hourMs = 3_600_000;
const none = answering(200, { server_keys: [] });

// Who vouches for keys keeps what it once saw rightly signed, and asks anew when that is too old.
// https://spec.matrix.org/v1.19/server-server-api/#querying-keys-through-another-server
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-notary',
    title: 'Auf Nachfrage holt, behält und erneuert der Server Schlüssel anderer Homeserver und glaubt nur Echtem',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('querying-keys-through-another-server'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Schlüssel eines erreichbaren Homeservers werden nicht geholt',
      defect: { when: { method: 'POST', path: queryPath }, alter: onlyNth(1, none) },
      expectFinding: 'not-fetched',
    },
    {
      title: 'Zu alte Schlüssel werden nicht neu geholt',
      defect: {
        when: { method: 'POST', path: queryPath },
        alter: onlyNth(3, setting(['server_keys', 0, 'valid_until_ts'], 1)),
      },
      expectFinding: 'not-renewed',
    },
    {
      title: 'Ist der andere Homeserver nicht erreichbar, sind seine Schlüssel vergessen',
      defect: { when: { method: 'POST', path: queryPath }, alter: onlyNth(4, none) },
      expectFinding: 'not-kept',
    },
    {
      title: 'Ein unechter Schlüssel ersetzt den echten',
      defect: {
        when: { method: 'POST', path: queryPath },
        alter: onlyNth(5, (answer) => ({
          ...answer,
          json: { server_keys: [{ server_name: 'altered', verify_keys: {}, valid_until_ts: 1, signatures: {} }] },
        })),
      },
      expectFinding: 'replaced-by-forgery',
    },
    {
      title: 'Ein abgelaufener Schlüssel wird verschwiegen, obwohl es keinen anderen gibt',
      defect: { when: { method: 'POST', path: queryPath }, alter: onlyNth(6, none) },
      expectFinding: 'expired-withheld',
    },
  ],
  async run(tools) {
    const [peer, fresh, late] = [await openPeer(tools), await openPeer(tools), await openPeer(tools)];
    const findings = [
      ...(await fetched(tools, peer, fresh)),
      ...(await renewedAndKept(tools, peer)),
      ...(await expired(tools, late)),
    ];
    return outcomeOf(findings, 'Schlüssel geholt, erneuert und behalten; Unechtes wurde nicht übernommen');
  },
});

/** Without a time as of now. */
function query({ request }: Tools, { serverName, keyName }: ServerIdentity, validUntil?: number): Promise<Answer> {
  const wish = validUntil === undefined ? {} : { minimum_valid_until_ts: validUntil };
  return request('POST', queryPath, { body: { server_keys: { [serverName]: { [`ed25519:${keyName}`]: wish } } } });
}

/** The documents in which a homeserver's key stands as it published it. */
const documentsWith = ({ json }: Answer, { keyName, publicKey }: ServerIdentity): readonly unknown[] =>
  arrayAt(json, ['server_keys']).filter(
    (document) => stringAt(document, ['verify_keys', `ed25519:${keyName}`, 'key']) === publicKey,
  );

const expectKey = (answer: Answer, identity: ServerIdentity, claim: { code: string; title: string }): Findings =>
  expectThat(answer, documentsWith(answer, identity).length > 0, {
    ...claim,
    expected: 'den veröffentlichten Schlüssel',
    observed: `${arrayAt(answer.json, ['server_keys']).length} Dokumente ohne ihn`,
  });

async function fetched(tools: Tools, peer: Peer, fresh: Peer): Promise<Findings> {
  const byName = await query(tools, peer.identity, tools.now());
  const withoutTime = await query(tools, peer.identity);
  const all = await tools.request('GET', queryTemplate, { params: { serverName: fresh.serverName } });
  return [
    ...expectKey(byName, peer.identity, {
      code: 'not-fetched',
      title: 'Ein Schlüssel eines erreichbaren Homeservers wird auf Nachfrage nicht geholt',
    }),
    ...expectKey(withoutTime, peer.identity, {
      code: 'time-demanded',
      title: 'Eine Nachfrage, die nicht sagt, wie lange der Schlüssel gelten soll, wird nicht beantwortet',
    }),
    ...expectKey(all, fresh.identity, {
      code: 'all-not-fetched',
      title: 'Wer nach allen Schlüsseln eines erreichbaren, noch unbekannten Homeservers fragt, bekommt keine',
    }),
  ];
}

const publishing = ({ server }: Peer, status: number, json: unknown): Disposable =>
  server.answering(({ path }) => path.startsWith(serverKeyPath), { status, json });

async function renewedAndKept(tools: Tools, peer: Peer): Promise<Findings> {
  const { identity } = peer;
  // Beyond what the peer shows at first.
  const later = tools.now() + 48 * hourMs;
  const renewed = await (async () => {
    using _renewing = publishing(peer, 200, keyDocument(identity, later + hourMs));
    return await query(tools, identity, later);
  })();
  const kept = await (async () => {
    using _down = publishing(peer, 503, { errcode: 'M_UNKNOWN', error: 'down' });
    return await query(tools, identity, later + 2 * hourMs);
  })();
  const forger = createServerIdentity(peer.serverName, tools.random);
  const forged = { ...forger, keyName: identity.keyName };
  // Signed by nobody who may say so: the signature carries the name of another key.
  using _forging = publishing(peer, 200, keyDocument(forged, later + 4 * hourMs));
  const undeterred = await query(tools, identity, later + 3 * hourMs);
  return [
    ...expectThat(renewed, documentsWith(renewed, identity).some(isValidUntil(later)), {
      code: 'not-renewed',
      title: 'Schlüssel, die nicht lange genug gelten, werden nicht neu geholt',
      expected: 'ein Dokument, das bis zum gewünschten Zeitpunkt gilt',
      observed: 'keines',
    }),
    ...expectKey(kept, identity, {
      code: 'not-kept',
      title: 'Ist ein anderer Homeserver nicht erreichbar, werden seine bekannten Schlüssel nicht herausgegeben',
    }),
    ...expectKey(undeterred, identity, {
      code: 'replaced-by-forgery',
      title: 'Ein unechtes Dokument verdrängt den bekannten Schlüssel eines anderen Homeservers',
    }),
    ...expectThat(undeterred, documentsWith(undeterred, forged).length === 0, {
      code: 'forgery-handed-on',
      title: 'Ein Schlüssel ohne gültige Unterschrift wird weitergegeben',
      expected: 'nur den bekannten Schlüssel',
      observed: 'den unechten',
    }),
  ];
}

const isValidUntil = (wanted: number) => (document: unknown) => (numberAt(document, ['valid_until_ts']) ?? 0) >= wanted;

async function expired(tools: Tools, late: Peer): Promise<Findings> {
  using _expired = publishing(late, 200, keyDocument(late.identity, tools.now() - hourMs));
  return expectKey(await query(tools, late.identity, tools.now()), late.identity, {
    code: 'expired-withheld',
    title: 'Ein abgelaufener Schlüssel wird nicht herausgegeben, obwohl es keinen anderen gibt',
  });
}
