import type { SinkAnswer, SinkRequest } from '../../core/model/surroundings.ts';
import type { JsonObject } from '../../schemas/json.ts';
import { arrayAt, objectAt } from '../lib/json.ts';
import { authChainOf } from './auth-events.ts';
import type { ServerIdentity } from './identity.ts';
import { pduFrom } from './pdu.ts';
import type { Room } from './room.ts';

/** What an answer rests on. */
export interface PeerFacts {
  readonly identity: ServerIdentity;
  readonly rooms: ReadonlyMap<string, Room>;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  /** Of the signing key, in milliseconds since 1970. */
  readonly validUntil: number;
}

/** What a homeserver that does nothing wrong answers. */
export function usualAnswer(facts: PeerFacts, request: SinkRequest): SinkAnswer {
  for (const [method, pattern, answer] of routes) {
    const parameters = request.method === method ? pattern.exec(request.path)?.slice(1) : undefined;
    if (parameters !== undefined) return answer({ ...facts, request, parameters });
  }
  return { status: 404, json: { errcode: 'M_UNRECOGNIZED', error: 'Unknown path' } };
}

interface Asked extends PeerFacts {
  readonly request: SinkRequest;
  readonly parameters: readonly string[];
}

type Answering = (asked: Asked) => SinkAnswer;

const ok = (json: JsonObject): SinkAnswer => ({ status: 200, json });
const notFound: SinkAnswer = { status: 404, json: { errcode: 'M_NOT_FOUND', error: 'Not known here' } };

const inRoom =
  (answer: (room: Room, asked: Asked) => SinkAnswer): Answering =>
  (asked) => {
    const room = asked.rooms.get(asked.parameters[0] ?? '');
    return room === undefined ? notFound : answer(room, asked);
  };

const federation = '^/_matrix/federation/';
const at = (path: string): RegExp => new RegExp(`${federation}${path.replaceAll('{}', '([^/]+)')}$`);

const routes: readonly (readonly [method: string, path: RegExp, answer: Answering])[] = [
  ['GET', /^\/_matrix\/key\/v2\/server(?:\/.*)?$/, publishedKeys],
  ['GET', at('v1/version'), () => ok({ server: { name: 'Pruefstand', version: '1' } })],
  ['PUT', at('v1/send/{}'), ({ request }) => ok({ pdus: eachAccepted(request.json) })],
  ['GET', at('v1/make_join/{}/{}'), inRoom((room, asked) => template(room, asked, 'join'))],
  ['GET', at('v1/make_leave/{}/{}'), inRoom((room, asked) => template(room, asked, 'leave'))],
  ['GET', at('v1/make_knock/{}/{}'), inRoom((room, asked) => template(room, asked, 'knock'))],
  ['PUT', at('v2/send_join/{}/{}'), inRoom(joined)],
  ['PUT', at('v2/send_leave/{}/{}'), () => ok({})],
  ['PUT', at('v1/send_knock/{}/{}'), () => ok({ knock_room_state: [] })],
  ['PUT', at('v2/invite/{}/{}'), invited],
  ['GET', at('v1/event/{}'), oneEvent],
  ['GET', at('v1/state/{}'), inRoom((room) => ok({ pdus: stateOf(room), auth_chain: chainOf(room) }))],
  ['GET', at('v1/state_ids/{}'), inRoom((room) => ok({ pdu_ids: idsOf(room), auth_chain_ids: chainIdsOf(room) }))],
  ['GET', at('v1/event_auth/{}/{}'), inRoom((room) => ok({ auth_chain: chainOf(room) }))],
  ['GET', at('v1/backfill/{}'), inRoom((room, asked) => ok(transaction(asked, newestFirst(room))))],
  ['POST', at('v1/get_missing_events/{}'), inRoom((room, asked) => ok({ events: missing(room, asked.request.json) }))],
  ['GET', at('v1/query/profile'), ({ request }) => ok({ displayname: request.query['user_id'] ?? '' })],
  ['GET', at('v1/query/directory'), () => notFound],
  ['GET', at('v1/user/devices/{}'), ({ parameters }) => ok({ user_id: parameters[0], stream_id: 1, devices: [] })],
  ['POST', at('v1/user/keys/query'), () => ok({ device_keys: {} })],
  ['POST', at('v1/user/keys/claim'), () => ok({ one_time_keys: {} })],
];

function publishedKeys({ identity, validUntil }: Asked): SinkAnswer {
  return ok(keyDocument(identity, validUntil));
}

/** https://spec.matrix.org/v1.19/server-server-api/#publishing-keys */
export function keyDocument(
  { serverName, keyName, publicKey, signed }: ServerIdentity,
  validUntil: number,
): JsonObject {
  return signed({
    server_name: serverName,
    valid_until_ts: validUntil,
    verify_keys: { [`ed25519:${keyName}`]: { key: publicKey } },
    old_verify_keys: {},
  });
}

const eachAccepted = (json: unknown): JsonObject =>
  Object.fromEntries(arrayAt(json, ['pdus']).map((pdu) => [pduFrom(objectAt(pdu, [])).eventId, {}]));

function template(room: Room, { openedAt, parameters: [, userId = ''] }: Asked, membership: string): SinkAnswer {
  const event = { type: 'm.room.member', stateKey: userId, sender: userId, content: { membership } };
  return ok({ room_version: room.version, event: room.draft(event, openedAt) });
}

function joined(room: Room, { identity, request }: Asked): SinkAnswer {
  return ok({
    origin: identity.serverName,
    state: stateOf(room),
    auth_chain: chainOf(room),
    event: identity.countersigned(objectAt(request.json, [])),
    members_omitted: false,
  });
}

function invited({ identity, request }: Asked): SinkAnswer {
  return ok({ event: identity.countersigned(objectAt(request.json, ['event'])) });
}

function oneEvent(asked: Asked): SinkAnswer {
  const found = [...asked.rooms.values()].flatMap(({ pdus }) => pdus.get(asked.parameters[0] ?? '') ?? []);
  return found.length === 0
    ? notFound
    : ok(
        transaction(
          asked,
          found.map(({ json }) => json),
        ),
      );
}

const transaction = ({ identity, openedAt }: Asked, pdus: readonly JsonObject[]): JsonObject => ({
  origin: identity.serverName,
  origin_server_ts: openedAt,
  pdus,
});

const stateOf = ({ state }: Room): readonly JsonObject[] => [...state.values()].map(({ json }) => json);
const idsOf = ({ state }: Room): readonly string[] => [...state.values()].map(({ eventId }) => eventId);
/** Of the present state with the state itself: on it rests what the peer is about to say. */
const chainIdsOf = (room: Room): readonly string[] => [
  ...new Set([...idsOf(room), ...authChainOf(room.pdus, [...room.state.values()])]),
];
const chainOf = (room: Room): readonly JsonObject[] =>
  chainIdsOf(room).flatMap((id) => {
    const pdu = room.pdus.get(id);
    return pdu === undefined ? [] : [pdu.json];
  });
const newestFirst = ({ pdus }: Room): readonly JsonObject[] => [...pdus.values()].map(({ json }) => json).toReversed();

/** All that lie between the events the other one has and those it heard of. */
function missing({ pdus }: Room, json: unknown): readonly JsonObject[] {
  const has = new Set(arrayAt(json, ['earliest_events']));
  const wanted: JsonObject[] = [];
  const open = arrayAt(json, ['latest_events']).flatMap((id) => before(pdus.get(String(id))?.json));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const pdu = pdus.get(id)?.json;
    if (pdu === undefined || has.has(id) || wanted.includes(pdu)) continue;
    wanted.unshift(pdu);
    open.push(...before(pdu));
  }
  return wanted;
}

const before = (event: JsonObject | undefined): string[] => arrayAt(event, ['prev_events']).map(String);
