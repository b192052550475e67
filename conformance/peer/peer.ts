import type { Sink } from '../../core/model/surroundings.ts';
import type { JsonObject } from '../../schemas/json.ts';
import type { Answer } from '../lib/answer.ts';
import { arrayAt, objectAt } from '../lib/json.ts';
import type { Tools } from '../lib/tools.ts';
import { type RequestOptions, requestUri } from '../lib/transport.ts';
import { createServerIdentity, type ServerIdentity } from './identity.ts';
import { type Pdu, pduFrom } from './pdu.ts';
import { usualAnswer } from './peer-answers.ts';
import type { NewPdu, Room } from './room.ts';
import { authorization } from './x-matrix.ts';

/**
 * A homeserver of the bench: signs as one, answers as one, and does wrong where a check wants it to. What it knows changes
 * by what the check tells it alone, never by what it is asked, so that a recording of a check can be replayed.
 */
export interface Peer {
  readonly serverName: string;
  readonly identity: ServerIdentity;
  /** What the homeserver asked of it, and a way to answer otherwise than a homeserver should. */
  readonly server: Sink;
  /** A person of this homeserver. */
  userId(localPart: string): string;
  /** What the homeserver answered it, oldest first. */
  readonly answers: readonly Answer[];
  /** Asks the homeserver, signed. */
  ask(method: string, template: string, options?: PeerRequest): Promise<Answer>;
  /** What `ask` sends along to show who asks. */
  signedHeaders(method: string, uri: string, request?: PeerRequest): Readonly<Record<string, string>>;
  /** Sends events and other news: PUT /send. */
  send(news: { readonly pdus?: readonly Pdu[]; readonly edus?: readonly JsonObject[] }): Promise<Answer>;
  /** A sealed event that follows on what is known of the room; not sent, not part of it. */
  sealed(room: Room, event: NewPdu): Pdu;
  /** Answers for this room from now on. */
  serve(room: Room): Room;
  /** Events the homeserver sent, in the order they came, as often as they did. */
  received(): readonly Pdu[];
  /** The first event the homeserver sent that fits; undefined when none came in time. */
  waitForPdu(fits: (pdu: Pdu) => boolean, deadlineMs?: number): Promise<Pdu | undefined>;
}

export interface PeerRequest extends RequestOptions {
  /** In whose name it is signed; its own without. */
  readonly as?: ServerIdentity;
  /** Whom the signature is meant for; the homeserver without. */
  readonly destination?: string;
}

export const sendPath = '/_matrix/federation/v1/send/{txnId}';
/** The same as a homeserver asks it. */
export const transactionPath = /^\/_matrix\/federation\/v1\/send\//;
export const remoteEventPath = '/_matrix/federation/v1/event/{eventId}';

/** The key it shows is valid for a day. */
const dayMs = 86_400_000;

export async function openPeer({ surroundings, request, random, now, target }: Tools): Promise<Peer> {
  const server = await surroundings().openServer();
  const serverName = server.url.replace('https://', '');
  const identity = createServerIdentity(serverName, random);
  const rooms = new Map<string, Room>();
  const about = { identity, rooms, openedAt: now(), validUntil: now() + dayMs };
  server.answering(
    () => true,
    (asked) => usualAnswer(about, asked),
  );
  const signedHeaders: Peer['signedHeaders'] = (
    method,
    uri,
    { as = identity, destination = target.serverName, body } = {},
  ) => {
    const signed = { method, uri, destination, ...(body !== undefined && { content: body }) };
    return { authorization: authorization(signed, as) };
  };
  const answers: Answer[] = [];
  const ask: Peer['ask'] = async (method, template, { as, destination, ...options } = {}) => {
    const { body } = options;
    const headers = signedHeaders(method, requestUri(template, options), {
      ...(as && { as }),
      ...(destination !== undefined && { destination }),
      ...(body !== undefined && { body }),
    });
    const answer = await request(method, template, { ...options, headers: { ...headers, ...options.headers } });
    answers.push(answer);
    return answer;
  };
  return {
    serverName,
    identity,
    server,
    answers,
    userId: (localPart) => `@${localPart}:${serverName}`,
    ask,
    signedHeaders,
    send: ({ pdus = [], edus = [] }) => {
      const body = { origin: serverName, origin_server_ts: now(), pdus: pdus.map(({ json }) => json), edus };
      return ask('PUT', sendPath, { params: { txnId: random.word(12) }, body });
    },
    sealed: (room, event) => identity.sealed(room.draft(event, now())),
    serve: (room) => {
      rooms.set(room.roomId, room);
      return room;
    },
    received: () => server.received.flatMap(({ path, json }) => pdusIn(path, json)),
    waitForPdu: async (fits, deadlineMs) => {
      const request = await server.waitFor(({ path, json }) => pdusIn(path, json).some(fits), deadlineMs);
      return request && pdusIn(request.path, request.json).find(fits);
    },
  };
}

function pdusIn(path: string, json: unknown): readonly Pdu[] {
  if (!transactionPath.test(path)) return [];
  return arrayAt(json, ['pdus']).map((pdu) => pduFrom(objectAt(pdu, [])));
}
