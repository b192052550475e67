import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import type { Request } from './transport.ts';

export const globalDataTemplate = '/_matrix/client/v3/user/{userId}/account_data/{type}';
export const roomDataTemplate = '/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}';
export const tagsTemplate = '/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags';
export const tagTemplate = `${tagsTemplate}/{tag}`;

/** Data of a client about its user, in a room or everywhere. */
export interface AccountDataKey {
  readonly type: string;
  readonly roomId?: string;
  /** Whose; without it one's own. */
  readonly userId?: string;
}

const templateOf = ({ roomId }: AccountDataKey): string =>
  roomId === undefined ? globalDataTemplate : roomDataTemplate;

const paramsOf = (session: Session, { type, roomId = '', userId = session.userId }: AccountDataKey) => ({
  userId,
  roomId,
  type,
});

export function getAccountData(request: Request, session: Session, key: AccountDataKey): Promise<Answer> {
  return request('GET', templateOf(key), { params: paramsOf(session, key), session });
}

export function setAccountData(
  request: Request,
  session: Session,
  key: AccountDataKey,
  content: unknown,
): Promise<Answer> {
  return request('PUT', templateOf(key), { params: paramsOf(session, key), session, body: content });
}
