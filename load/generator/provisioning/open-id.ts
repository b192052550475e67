import type { HttpAnswer } from '../../../core/http/http.ts';
import type { Bench, Session } from '../../../core/model/bench.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { OpenIdProvider } from '../../../core/model/surroundings.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import type { LoginWay } from './login-way.ts';

/** Where the variant sends people back to without a page that asks them first. */
const trustedClient = 'https://client.pruefstand.invalid/';

/** Single sign-on from the redirect to the login token, as a browser does it; the first time makes the account. */
export const openId: LoginWay = {
  gap: ({ surroundings }) =>
    surroundings === undefined
      ? {
          de: 'Die Anmeldung über OpenID braucht die Variante „open“ der Referenzinstallation; ein Ziel im Betrieb hat keinen Anmeldedienst des Prüfstands.',
          en: 'login by OpenID needs the variant "open" of the reference deployment; a running target has no provider of the bench.',
        }
      : undefined,
  open: async (bench) => {
    const { surroundings, target } = bench;
    if (surroundings === undefined) throw new RigError('defect', 'OpenID was opened without a provider');
    const comeIn = (subject: string) => signOn(bench, surroundings.openIdProvider, subject);
    return {
      create: async (_user, label) => {
        const session = await comeIn(label);
        return { userId: session.userId, session };
      },
      enter: (userId) => comeIn(userId.slice(1, -target.serverName.length - 1)),
    };
  },
};

async function signOn({ send, target }: Bench, provider: OpenIdProvider, subject: string): Promise<Session> {
  const base = target.homeserverUrl;
  const begin = `/_matrix/client/v3/login/sso/redirect/${provider.id}?redirectUrl=${encodeURIComponent(trustedClient)}`;
  const begun = await send({ method: 'GET', url: base + begin });
  const back = new URL(await provider.authorise(locationIn(begun), subject));
  // Only to the homeserver itself, whatever address the way led to.
  const url = `${base}${back.pathname}${back.search}`;
  const ended = await send({ method: 'GET', url, headers: { cookie: cookiesIn(begun) } });
  const token = new URL(locationIn(ended)).searchParams.get('loginToken');
  return sessionIn(
    await send({
      method: 'POST',
      url: `${base}/_matrix/client/v3/login`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'm.login.token', token }),
    }),
  );
}

function locationIn(answer: HttpAnswer): string {
  const { location } = answer.headers;
  if (location !== undefined) return location;
  throw refused('the single sign-on leads nowhere', answer);
}

/** Several cookies are joined by commas, and there are commas in dates. */
function cookiesIn({ headers }: HttpAnswer): string {
  const lines = (headers['set-cookie'] ?? '').split(/, (?=[^;,=\s]+=)/);
  return lines.map((line) => line.split(';', 1)[0]).join('; ');
}

function sessionIn(answer: HttpAnswer): Session {
  const said = parsedJson(answer.text());
  const { user_id: userId, device_id: deviceId, access_token: accessToken } = (said ?? {}) as Record<string, unknown>;
  if (typeof userId === 'string' && typeof deviceId === 'string' && typeof accessToken === 'string') {
    return { userId, deviceId, accessToken };
  }
  throw refused('the login token was not accepted', answer);
}

const refused = (what: string, answer: HttpAnswer): RigError =>
  new RigError('targetRefused', `${what}: ${answer.status} ${answer.text().slice(0, 200)}`);
