import type { OpenIdProvider } from '../../core/model/surroundings.ts';
import type { Answer } from './answer.ts';
import { PremiseError } from './premise.ts';
import type { Request } from './transport.ts';

export const ssoPath = '/_matrix/client/v3/login/sso/redirect';
export const idpPath = `${ssoPath}/{idpId}`;
export const callbackPath = '/_synapse/client/oidc/callback';

/** A person's way through the provider, begun by an answer of the homeserver that leads there. */
export interface SsoStep {
  readonly provider: OpenIdProvider;
  readonly begun: Answer;
  /** Where the homeserver sent the browser. */
  readonly location: string | undefined;
  readonly subject: string;
}

/** Logs in at the provider and comes back to the homeserver; its answer ends the way. */
export async function comeBack(request: Request, { provider, begun, location, subject }: SsoStep): Promise<Answer> {
  if (location === undefined || new URL(location).origin !== provider.issuer) {
    throw new PremiseError(`Vorbedingung nicht erreicht: ${begun.template} führt nicht zum Anmeldedienst.`);
  }
  const back = new URL(await provider.authorise(location, subject));
  const headers = { cookie: cookiesFrom(begun) };
  return request('GET', callbackPath, { query: Object.fromEntries(back.searchParams), headers });
}

/** The token by which a client logs in, from the address it is called back at. */
export function loginTokenIn(address: string | undefined): string | undefined {
  return address === undefined ? undefined : (new URL(address).searchParams.get('loginToken') ?? undefined);
}

export function tokenLogin(request: Request, token: string | undefined): Promise<Answer> {
  return request('POST', '/_matrix/client/v3/login', { body: { type: 'm.login.token', token } });
}

/** What a browser sends along the next time. */
export function cookiesFrom({ headers }: Pick<Answer, 'headers'>): string {
  // Several cookies are joined by commas, and there are commas in dates.
  const lines = (headers['set-cookie'] ?? '').split(/, (?=[^;,=\s]+=)/);
  return lines.map((line) => line.split(';', 1)[0]).join('; ');
}
