import { setTimeout as pause } from 'node:timers/promises';
import type { HttpAnswer, HttpRequest, HttpSend } from '../../../core/http/http.ts';
import { withinLimits } from '../../../core/http/within-limits.ts';
import type { Session } from '../../../core/model/bench.ts';
import type { AbortSignalLike } from '../../../core/model/family-runtime.ts';
import { RigError } from '../../../core/model/rig-error.ts';

/** The few calls that prepare rooms; any refusal but a limit stops the preparation. */
export interface MatrixCalls {
  createRoom(creator: Session, name: string): Promise<string>;
  join(member: Session, roomId: string): Promise<void>;
}

/** How long one call may wait because of limits; a target without exemption for us has them. */
const patienceMs = 60_000;

export function createMatrixCalls(send: HttpSend, baseUrl: string, signal: AbortSignalLike): MatrixCalls {
  const post = async (session: Session, path: string, body: object): Promise<unknown> => {
    const request: HttpRequest = {
      method: 'POST',
      url: `${baseUrl}/_matrix/client/v3/${path}`,
      headers: { authorization: `Bearer ${session.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      timeoutMs: 60_000,
      signal,
    };
    const answer = await withinLimits(() => send(request), { patienceMs, pause });
    if (answer.status !== 200) throw refused(path, answer);
    return JSON.parse(answer.text());
  };
  return {
    // Open to whoever knows the id: an invitation for every member would double the events.
    createRoom: async (creator, name) => {
      const room = await post(creator, 'createRoom', { name, preset: 'public_chat', visibility: 'private' });
      if (isRoom(room)) return room.room_id;
      throw new RigError('targetRefused', 'createRoom answered 200 without room_id; the load cannot be prepared');
    },
    join: async (member, roomId) => {
      await post(member, `rooms/${encodeURIComponent(roomId)}/join`, {});
    },
  };
}

function isRoom(value: unknown): value is { room_id: string } {
  return typeof value === 'object' && value !== null && 'room_id' in value && typeof value.room_id === 'string';
}

function refused(path: string, answer: HttpAnswer): RigError {
  const detail = answer.text().slice(0, 200);
  return new RigError('targetRefused', {
    de: `Das Ziel hat POST ${path} mit ${answer.status} abgelehnt; die Räume für die Last fehlen. ${detail}`,
    en: `The target refused POST ${path} with ${answer.status}; the rooms for the load are missing. ${detail}`,
  });
}
