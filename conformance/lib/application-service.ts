import type { ApplicationService } from '../../core/model/surroundings.ts';
import type { Answer } from './answer.ts';
import { premiseString } from './premise.ts';
import { registerPath } from './registration.ts';
import type { Tools } from './tools.ts';
import type { Request } from './transport.ts';

/** The application service speaks for itself. */
export const sessionOf = ({ token }: ApplicationService) => ({ accessToken: token });

/** Registers as the application service does; the answer is for the check to judge. */
export function registerAsService(request: Request, service: ApplicationService, username: string): Promise<Answer> {
  const body = { type: 'm.login.application_service', username, inhibit_login: true };
  return request('POST', registerPath, { session: sessionOf(service), body });
}

/** A new account of the application service. Resolves with its id. */
export async function serviceUser({ request, random, surroundings }: Tools): Promise<string> {
  const service = surroundings().applicationService;
  const username = `${service.prefix}${random.word(10)}`;
  return premiseString(await registerAsService(request, service, username), ['user_id']);
}
