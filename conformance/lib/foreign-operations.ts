import type { Session } from '../../core/model/bench.ts';
import { inParallel } from '../../core/run/in-parallel.ts';
import { loadOperations, type Operation } from '../../schemas/matrix/operations.ts';
import type { Answer } from './answer.ts';
import { canonicalJson } from './json.ts';
import { expectError, expectThat, type Findings } from './match.ts';
import { isAbsent, pathParameters } from './path-parameters.ts';
import { expectDenied } from './refusals.ts';
import type { Request } from './transport.ts';

/** Things of one account that a stranger tries to reach. */
export interface Belongings {
  readonly owner: Session;
  /** By invitation only; the stranger was never in it. */
  readonly roomId: string;
  readonly roomAlias: string;
  readonly eventId: string;
}

export interface ForeignAttempts {
  readonly findings: Findings;
  readonly refused: number;
  /** Answered as the specification lets everybody be answered. */
  readonly permitted: number;
  readonly absent: number;
}

const atOnce = 4;

/** Every protected operation whose path names a user, a room or a device, with what belongs to somebody else. */
export async function tryForeign(
  request: Request,
  stranger: Session,
  belongings: Belongings,
): Promise<ForeignAttempts> {
  const found: Findings[] = [];
  const count = { refused: 0, permitted: 0, absent: 0 };
  await inParallel(addressedOperations(), atOnce, async ({ method, path, statuses }) => {
    const name = `${method} ${path}`;
    const answer = await request(method, path, {
      params: pathParameters(path, namesOf(belongings)),
      session: stranger,
      ...(method !== 'GET' && { body: {} }),
      ...proper(stranger, belongings)[name],
    });
    if (isAbsent(answer)) {
      count.absent += 1;
    } else if (openToEverybody[name]?.allows(answer) === true) {
      count.permitted += 1;
    } else {
      const findings = refusalFindings(answer, statuses);
      found.push(findings);
      if (findings.length === 0) count.refused += 1;
    }
  });
  return { findings: found.flat().toSorted((a, b) => (a.where < b.where ? -1 : 1)), ...count };
}

export function addressedOperations(): readonly Operation[] {
  return loadOperations().operations.filter(
    ({ api, requiresToken, path }) => api === 'client-server' && requiresToken && addressing.test(path),
  );
}

const addressing = /\{(userId|roomId|roomIdOrAlias|roomAlias|deviceId|eventId)\}/;

/** Where the specification documents no status for it, any refusal is right that says what it is. */
function refusalFindings(answer: Answer, documented: readonly string[]): Findings {
  const { status } = answer;
  const isRefused = status >= 400 && status < 500;
  const isFixed = documented.some((code) => code === '403' || code === '404');
  const said = isFixed ? expectDenied(answer, unclear) : expectError(answer, { status, errcode }, unclear);
  return [
    ...expectThat(answer, isRefused, {
      code: 'foreign-access',
      title: 'Eine Fremde erreicht, was einer anderen Person gehört',
      expected: 'eine Abweisung: Status 400 bis 499',
      observed: `Status ${status}`,
    }),
    ...(isRefused ? said : []),
  ];
}

const errcode = ['M_FORBIDDEN', 'M_NOT_FOUND'];

const unclear = {
  code: 'foreign-refusal-unclear',
  title: 'Eine Fremde wird abgewiesen, aber nicht mit dem vorgesehenen Fehler',
};

interface Permission {
  /** The text of the specification that lets a stranger be answered. */
  readonly clause: string;
  allows(answer: Answer): boolean;
}

const withStatus =
  (...statuses: readonly number[]) =>
  ({ status }: Answer): boolean =>
    statuses.includes(status);

const cs = (anchor: string): string => `https://spec.matrix.org/v1.19/client-server-api/#${anchor}`;

/** What everybody may do, or what names nothing of the other person although it looks like it. */
export const openToEverybody: Readonly<Record<string, Permission>> = {
  // Rooms and people may be reported by anybody; whether they exist a server may hide.
  'POST /_matrix/client/v3/rooms/{roomId}/report': {
    clause: cs('post_matrixclientv3roomsroomidreport'),
    allows: withStatus(200),
  },
  'POST /_matrix/client/v3/users/{userId}/report': {
    clause: cs('post_matrixclientv3usersuseridreport'),
    allows: withStatus(200),
  },
  // "or you are not joined": a server may conceal that by success.
  'POST /_matrix/client/v3/rooms/{roomId}/report/{eventId}': {
    clause: cs('post_matrixclientv3roomsroomidreporteventid'),
    allows: withStatus(200),
  },
  // Device ids belong to the account of the caller: one that is not there counts as removed, after the proof.
  'DELETE /_matrix/client/v3/devices/{deviceId}': {
    clause: cs('delete_matrixclientv3devicesdeviceid'),
    allows: withStatus(200, 401),
  },
  // The mark is the reader's own and the list of rooms is too: nothing in the room changes, nobody else notices.
  'POST /_matrix/client/v3/rooms/{roomId}/read_markers': {
    clause: cs('post_matrixclientv3roomsroomidread_markers'),
    allows: withStatus(200),
  },
  'POST /_matrix/client/v3/rooms/{roomId}/forget': {
    clause: cs('post_matrixclientv3roomsroomidforget'),
    allows: withStatus(200),
  },
  // Without presence everybody is offline, which says nothing about anybody.
  'GET /_matrix/client/v3/presence/{userId}/status': {
    clause: cs('get_matrixclientv3presenceuseridstatus'),
    allows: ({ status, json }) => status === 200 && canonicalJson(json) === canonicalJson({ presence: 'offline' }),
  },
  // The name is taken, whoever asks.
  'PUT /_matrix/client/v3/directory/room/{roomAlias}': {
    clause: cs('put_matrixclientv3directoryroomroomalias'),
    allows: withStatus(409),
  },
};

const namesOf = ({ owner, roomId, roomAlias, eventId }: Belongings): Readonly<Record<string, string>> => ({
  userId: owner.userId,
  deviceId: owner.deviceId,
  roomId,
  roomAlias,
  roomIdOrAlias: roomId,
  eventId,
  eventType: 'm.room.topic',
  stateKey: '',
  keyName: 'avatar_url',
  receiptType: 'm.read',
  relType: 'm.thread',
  filterId: '0',
  type: 'de.pruefstand.probe',
  tag: 'u.pruefstand',
  networkId: 'pruefstand',
});

interface Proper {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
}

/** Requests are otherwise as they should be, so that only the missing right can be the reason of a refusal. */
function proper(stranger: Session, { owner, roomId, eventId }: Belongings): Readonly<Record<string, Proper>> {
  const room = '/_matrix/client/v3/rooms/{roomId}';
  const against = { body: { user_id: owner.userId } };
  const backup = { version: '1' };
  const key = { first_message_index: 0, forwarded_count: 0, is_verified: false, session_data: {} };
  return {
    [`POST ${room}/ban`]: against,
    [`POST ${room}/unban`]: against,
    [`POST ${room}/kick`]: against,
    [`POST ${room}/invite`]: { body: { user_id: stranger.userId } },
    [`POST ${room}/read_markers`]: { body: { 'm.fully_read': eventId } },
    [`POST ${room}/report`]: { body: { reason: 'Prüfung' } },
    [`POST ${room}/report/{eventId}`]: { body: { reason: 'Prüfung', score: 0 } },
    [`POST ${room}/upgrade`]: { body: { new_version: '11' } },
    [`PUT ${room}/typing/{userId}`]: { body: { typing: true, timeout: 1000 } },
    [`PUT ${room}/state/{eventType}/{stateKey}`]: { body: { topic: 'fremd' } },
    [`GET ${room}/messages`]: { query: { dir: 'b' } },
    'GET /_matrix/client/v1/rooms/{roomId}/timestamp_to_event': { query: { ts: '0', dir: 'f' } },
    'POST /_matrix/client/v3/users/{userId}/report': { body: { reason: 'Prüfung' } },
    'PUT /_matrix/client/v3/devices/{deviceId}': { body: { display_name: 'fremd' } },
    'PUT /_matrix/client/v3/directory/list/room/{roomId}': { body: { visibility: 'public' } },
    'PUT /_matrix/client/v3/directory/list/appservice/{networkId}/{roomId}': { body: { visibility: 'public' } },
    'PUT /_matrix/client/v3/directory/room/{roomAlias}': { body: { room_id: roomId } },
    'PUT /_matrix/client/v3/presence/{userId}/status': { body: { presence: 'online' } },
    'PUT /_matrix/client/v3/profile/{userId}/{keyName}': { body: { avatar_url: '' } },
    'PUT /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}': { body: { order: 0.5 } },
    'GET /_matrix/client/v3/room_keys/keys/{roomId}': { query: backup },
    'GET /_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}': { query: backup },
    'DELETE /_matrix/client/v3/room_keys/keys/{roomId}': { query: backup },
    'DELETE /_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}': { query: backup },
    'PUT /_matrix/client/v3/room_keys/keys/{roomId}': { query: backup, body: { sessions: { pruefstand: key } } },
    'PUT /_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}': { query: backup, body: key },
    'PUT /_matrix/client/v1/admin/lock/{userId}': { body: { locked: true } },
    'PUT /_matrix/client/v1/admin/suspend/{userId}': { body: { suspended: true } },
  };
}
