import type { Bench, DatabaseSearch } from '../../core/model/bench.ts';
import type { Target } from '../../core/model/target.ts';
import { createAccountSource } from '../accounts/account-source.ts';
import { openAdministration } from '../accounts/administration.ts';
import { loginLimited } from '../accounts/login-limited.ts';
import { createForwardedLogins, createLoopbackLogins } from '../accounts/machine-logins.ts';
import { createHttpSend, type SendOptions } from '../http/send.ts';
import type { Deployment, DeployOptions } from '../provider.ts';
import { benchTools } from '../tools.ts';
import type { Secrets } from './secrets.ts';

export interface ReferenceBenchOptions {
  readonly target: Target & { readonly adminUrl: string };
  readonly secrets: Secrets;
  readonly options: DeployOptions;
  readonly database: DatabaseSearch;
}

/** What families use of a running reference deployment, whoever started it. */
export async function openReferenceBench({
  target,
  secrets,
  options,
  database,
}: ReferenceBenchOptions): Promise<Deployment> {
  await using stack = new AsyncDisposableStack();
  const sendOptions = sendOptionsFor(target);
  const send = stack.use(createHttpSend(sendOptions));
  const { seed, scratchDirectory, tools, progress } = options;
  const { adminUrl, homeserverUrl } = target;
  const registrationSecret = secrets.registration;
  const accounts = createAccountSource({
    seed,
    send,
    homeserverUrl,
    serviceToken: secrets.applicationService,
    administration: await openAdministration({ send, adminUrl, registrationSecret, administrator: 'pruefstand-admin' }),
    ordinaryLogins:
      target.provider === 'container'
        ? createForwardedLogins(adminUrl, send)
        : createLoopbackLogins(target, sendOptions),
    onLimited: (waitMs) => progress(loginLimited(waitMs)),
  });
  const bench: Bench = { target, send, accounts, database, tools: benchTools(tools), scratchDirectory };
  const owned = stack.move();
  return { bench, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** The safety lock: these addresses and no others. */
export function sendOptionsFor(target: Target): SendOptions {
  const { homeserverUrl, adminUrl, clientUrl, caCertificates, proxyUrl } = target;
  return {
    allowedOrigins: [homeserverUrl, adminUrl, clientUrl].filter((url) => url !== undefined),
    until: target.permissions.until,
    ...(caCertificates === undefined ? {} : { caCertificates }),
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
  };
}
