import type { Bench, Session } from '../../core/model/bench.ts';
import { call, type MatrixCall, objectIn } from '../../deployment/accounts/matrix-call.ts';

/** A logged-in person of a test. */
export interface Person {
  readonly session: Session;
  request(
    method: MatrixCall['method'],
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: Record<string, unknown> }>;
}

export async function enter(bench: Bench, label: string, kind: 'bench' | 'ordinary' = 'bench'): Promise<Person> {
  return personWith(bench, await bench.accounts.login(await bench.accounts.lease(label, kind), `${label}'s device`));
}

export function personWith(bench: Bench, session: Session): Person {
  const request: Person['request'] = async (method, path, body) => {
    const url = `${bench.target.homeserverUrl}/_matrix/client/v3${path}`;
    const answer = await call(bench.send, { method, url, token: session.accessToken, body });
    return { status: answer.status, json: objectIn(answer) };
  };
  return { session, request };
}

export async function createRoom(person: Person, body: unknown = {}): Promise<string> {
  const { json } = await person.request('POST', '/createRoom', body);
  return String(json['room_id']);
}

/** How many of the messages were refused because of a limit. */
export async function countLimited(person: Person, roomId: string, messages: number): Promise<number> {
  let limited = 0;
  for (let number = 0; number < messages; number++) {
    const path = `/rooms/${encodeURIComponent(roomId)}/send/m.room.message/${number}`;
    const { status } = await person.request('PUT', path, { msgtype: 'm.text', body: `${number}` });
    if (status === 429) limited++;
  }
  return limited;
}
