import type { Answer } from './answer.ts';
import { premiseString } from './premise.ts';
import type { Request } from './transport.ts';

export const registerPath = '/_matrix/client/v3/register';

type Wanted = Readonly<Record<string, unknown>>;

/** Asks for an account without saying how: what is answered names the ways and the session to go on with. */
export async function registrationSession(request: Request, wanted: Wanted = {}): Promise<string> {
  const offered = await request('POST', registerPath, { body: wanted });
  return premiseString(offered, ['session'], 401);
}

/** Registers where nothing but the asking is required; the last answer is for the check to judge. */
export async function register(request: Request, wanted: Wanted): Promise<Answer> {
  const session = await registrationSession(request);
  return completeRegistration(request, wanted, session);
}

export function completeRegistration(request: Request, wanted: Wanted, session: string): Promise<Answer> {
  return request('POST', registerPath, { body: { ...wanted, auth: { type: 'm.login.dummy', session } } });
}
