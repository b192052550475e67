import { isJsonObject, type JsonObject } from '../../schemas/json.ts';
import type { Answer } from '../lib/answer.ts';
import { serverKeyPath } from '../lib/federation.ts';
import { arrayAt, canonicalJson, objectAt, stringAt, valueAt } from '../lib/json.ts';
import { expectEqual, type Findings } from '../lib/match.ts';
import { premise } from '../lib/premise.ts';
import { isVouchedFor } from '../lib/server-keys.ts';
import type { Tools } from '../lib/tools.ts';
import { contentHash } from './pdu.ts';
import type { Peer } from './peer.ts';
import { keyDocument } from './peer-answers.ts';
import { redacted } from './redacted.ts';

/**
 * Every event the homeserver told the peers is what its sender's homeserver signed, whole or redacted:
 * https://spec.matrix.org/v1.19/server-server-api/#validating-hashes-and-signatures-on-received-events
 */
export async function expectGenuine({ request }: Pick<Tools, 'request'>, peers: readonly Peer[]): Promise<Findings> {
  const published = premise(await request('GET', serverKeyPath)).json;
  const documents = [published, ...peers.map(({ identity }) => keyDocument(identity, 0))];
  return peers.flatMap(({ answers }) => answers.flatMap((answer) => expectGenuineIn(answer, documents)));
}

function expectGenuineIn(answer: Answer, documents: readonly unknown[]): Findings {
  const wrong = eventsIn(answer).filter((event) => !isGenuine(event, documents));
  return expectEqual(
    answer,
    { wanted: [], got: wrong.map((event) => valueAt(event, ['type'])) },
    {
      code: 'not-genuine',
      title: 'Der Server liefert Ereignisse, deren Inhalt oder Unterschrift nicht die des Absenders ist',
    },
  );
}

const isGenuine = (event: JsonObject, documents: readonly unknown[]): boolean => {
  const server = stringAt(event, ['sender'])?.replace(/^[^:]*:/, '');
  const document = documents.find((one) => stringAt(one, ['server_name']) === server);
  const rest = redacted(event);
  const isWhole = contentHash(event) === stringAt(event, ['hashes', 'sha256']);
  return (
    isVouchedFor(rest, document) && (isWhole || canonicalJson(rest['content']) === canonicalJson(event['content']))
  );
};

/** Proposals for events are not signed yet. */
function eventsIn({ path, status, json }: Answer): readonly JsonObject[] {
  if (status !== 200 || /\/make_(join|leave|knock)\//.test(path)) return [];
  const listed = ['pdus', 'state', 'auth_chain', 'events']
    .flatMap((name) => arrayAt(json, [name]))
    .filter(isJsonObject);
  return valueAt(json, ['event']) === undefined ? listed : [...listed, objectAt(json, ['event'])];
}
