import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt } from './json.ts';
import { ephemeralOf } from './sync-sections.ts';
import type { Request } from './transport.ts';

export const typingTemplate = '/_matrix/client/v3/rooms/{roomId}/typing/{userId}';

export interface TypingNotice {
  readonly roomId: string;
  readonly typing: boolean;
  readonly timeoutMs?: number;
  /** Who is said to type; without it who asks. */
  readonly userId?: string;
}

export function setTyping(
  request: Request,
  session: Session,
  { roomId, typing, timeoutMs = 30_000, userId = session.userId }: TypingNotice,
): Promise<Answer> {
  const body = { typing, ...(typing && { timeout: timeoutMs }) };
  return request('PUT', typingTemplate, { params: { roomId, userId }, session, body });
}

/** Who types in a room; undefined when an answer says nothing about it. */
export function typistsIn(sync: unknown, roomId: string): readonly unknown[] | undefined {
  const event = ephemeralOf(sync, roomId, 'm.typing');
  return event === undefined ? undefined : arrayAt(event, ['content', 'user_ids']);
}
