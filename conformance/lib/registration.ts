import type { Random } from '../../core/random.ts';
import type { Answer } from './answer.ts';
import { type Alteration, type HttpDefect, onlyNth } from './defect.ts';
import { stringAt } from './json.ts';
import { passwordFrom } from './password-from.ts';
import { premiseString } from './premise.ts';
import type { Request } from './transport.ts';

export const registerPath = '/_matrix/client/v3/register';

type Wanted = Readonly<Record<string, unknown>>;

export interface Offer {
  readonly answer: Answer;
  /** To go on with; absent when the wish was refused. */
  readonly session?: string;
}

/** Asks for an account without saying how: the ways are offered, or the wish is refused at once. */
export async function offerOrRefusal(request: Request, wanted: Wanted): Promise<Offer> {
  const answer = await request('POST', registerPath, { body: wanted });
  const session = answer.status === 401 ? stringAt(answer.json, ['session']) : undefined;
  return { answer, ...(session !== undefined && { session }) };
}

export async function registrationSession(request: Request, wanted: Wanted = {}): Promise<string> {
  const { answer } = await offerOrRefusal(request, wanted);
  return premiseString(answer, ['session'], 401);
}

/** A name that nobody has, with a password. */
export const freshAccount = (random: Random) => ({
  username: `lab-${random.word(10)}`,
  password: passwordFrom(random),
});

/** For counterexamples: the first answer offers ways, the second one is the account. */
export const alteringAccount = (alter: Alteration): HttpDefect => ({
  when: { method: 'POST', path: registerPath },
  alter: onlyNth(2, alter),
});

/** Registers where nothing but the asking is required; the last answer is for the check to judge. */
export async function register(request: Request, wanted: Wanted): Promise<Answer> {
  const session = await registrationSession(request);
  return completeRegistration(request, wanted, session);
}

export function completeRegistration(request: Request, wanted: Wanted, session: string): Promise<Answer> {
  return request('POST', registerPath, { body: { ...wanted, auth: { type: 'm.login.dummy', session } } });
}

/** Whether the local part of the id has only what the grammar allows a new account. */
export const isProperLocalpart = (userId: string | undefined): boolean =>
  userId !== undefined && /^@[a-z0-9._=\-/+]+:/.test(userId);
