import type { Answer } from './answer.ts';
import type { Request } from './transport.ts';

export const loginPath = '/_matrix/client/v3/login';

/** Logs in as a person does, each time at another desk; `user` is the full id or its local part, `more` further members of the body. */
export function passwordLogin(
  request: Request,
  user: string,
  password: string | undefined,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const identifier = { type: 'm.id.user', user };
  const body = { type: 'm.login.password', identifier, password, initial_device_display_name: 'Pruefstand', ...more };
  return request('POST', loginPath, { body, fromNewMachine: true });
}

export const localpartOf = (userId: string): string => userId.slice(1).split(':', 1)[0] ?? '';
