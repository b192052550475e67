import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import type { OpenIdProvider } from '../../../core/model/surroundings.ts';
import type { VariantSetting } from '../../reference/variants.ts';
import { browseAway } from './browse-away.ts';
import { listening } from './listening.ts';
import { createProviderMemory } from './provider-memory.ts';

export interface OpenedOpenIdProvider extends OpenIdProvider, AsyncDisposable {
  readonly settings: readonly VariantSetting[];
}

const callbackPath = '/_synapse/client/oidc/callback';
const interactionPath = '/interaction/';
const subjectHeader = 'x-pruefstand-subject';
const scopes = ['openid'];

/** Everybody who comes is who they say they are. */
export async function openOpenIdProvider(port: number): Promise<OpenedOpenIdProvider> {
  const client = { id: 'homeserver', secret: randomBytes(24).toString('hex') };
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  const issuer = `http://${await listening(server, port)}`;
  const provider = new Provider(issuer, configurationFor(client));
  // The homeserver's port is chosen later.
  provider.Client.prototype.redirectUriAllowed = (address: string) => new URL(address).pathname === callbackPath;
  const others = provider.callback();
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    if (!incoming.url?.startsWith(interactionPath)) return others(incoming, outgoing);
    const accountId = [incoming.headers[subjectHeader]].flat()[0] ?? 'nobody';
    return provider.interactionFinished(incoming, outgoing, { login: { accountId } });
  };
  return {
    issuer,
    id: `oidc-${idpId}`,
    authorise: (url, subject) => browseAway(url, { [subjectHeader]: subject }),
    settings: settingsFor(issuer, client),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface Client {
  readonly id: string;
  readonly secret: string;
}

const idpId = 'pruefstand';

function configurationFor({ id, secret }: Client): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'lab' };
  return {
    adapter: createProviderMemory(),
    clients: [
      {
        client_id: id,
        client_secret: secret,
        redirect_uris: [`http://localhost${callbackPath}`],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(24).toString('hex')] },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    scopes,
    claims: { openid: ['sub'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `${interactionPath}${uid}` },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: async () => ({ sub: accountId }),
    }),
    loadExistingGrant: agreeToAll,
  };
}

async function agreeToAll({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
  grant.addOIDCScope(scopes.join(' '));
  await grant.save();
  return grant;
}

function settingsFor(issuer: string, { id, secret }: Client): readonly VariantSetting[] {
  const provider = {
    idp_id: idpId,
    idp_name: 'Prüfstand',
    issuer,
    // Without TLS on loopback, which the verification would refuse.
    skip_verification: true,
    client_id: id,
    client_secret: secret,
    scopes,
    user_mapping_provider: {
      config: { localpart_template: '{{ user.sub }}', display_name_template: '{{ user.sub }}' },
    },
  };
  const reason = 'single sign-on needs a provider';
  return [
    { key: 'oidc_providers', value: [provider], reason },
    {
      key: 'sso.client_whitelist',
      value: [trustedClient],
      reason: 'one client is trusted, every other must be confirmed',
    },
  ];
}

/** Where the variant sends people back to without asking them first. */
export const trustedClient = 'https://client.pruefstand.invalid/';
