import type { HttpSend } from '../../core/http/http.ts';
import type { Bench, DatabaseSearch, KeptContent } from '../../core/model/bench.ts';
import type { Target } from '../../core/model/target.ts';
import { createAccountSource } from '../accounts/account-source.ts';
import { openAdministration } from '../accounts/administration.ts';
import { loginLimited } from '../accounts/login-limited.ts';
import { createForwardedLogins, createLoopbackLogins, type MachineLogins } from '../accounts/machine-logins.ts';
import { createHttpSend, type SendOptions } from '../http/send.ts';
import type { Deployment, DeployOptions } from '../provider.ts';
import { benchTools } from '../tools.ts';
import type { Secrets } from './secrets.ts';

export interface ReferenceBenchOptions {
  readonly target: Target & { readonly adminUrl: string };
  readonly secrets: Secrets;
  readonly options: DeployOptions;
  readonly database: DatabaseSearch;
  /** What else it keeps, where its files can be read. */
  readonly kept?: { readonly mediaStore: KeptContent; readonly serverLog: KeptContent };
}

/** What families use of a running reference deployment, whoever started it. */
export async function openReferenceBench({
  target,
  secrets,
  options,
  database,
  kept,
}: ReferenceBenchOptions): Promise<Deployment> {
  await using stack = new AsyncDisposableStack();
  const sendOptions = sendOptionsFor(target);
  const plain = stack.use(createHttpSend(sendOptions));
  const { seed, scratchDirectory, tools, progress } = options;
  const { adminUrl, homeserverUrl } = target;
  const registrationSecret = secrets.registration;
  const machines =
    target.provider === 'container'
      ? createForwardedLogins(adminUrl, plain)
      : createLoopbackLogins(target, sendOptions);
  const send = withMachines(plain, machines, homeserverUrl);
  const accounts = createAccountSource({
    seed,
    send,
    homeserverUrl,
    serviceToken: secrets.applicationService,
    administration: await openAdministration({ send, adminUrl, registrationSecret, administrator: 'pruefstand-admin' }),
    ordinaryLogins: machines,
    onLimited: (waitMs) => progress(loginLimited(waitMs)),
  });
  const bench: Bench = { target, send, accounts, database, ...kept, tools: benchTools(tools), scratchDirectory };
  const owned = stack.move();
  return { bench, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Requests that ask for it leave from a machine of their own; all others share one. */
function withMachines(plain: HttpSend, machines: MachineLogins, ownUrl: string): HttpSend {
  return (request) =>
    request.fromNewMachine === true
      ? machines(({ send, homeserverUrl }) => send({ ...request, url: request.url.replace(ownUrl, homeserverUrl) }))
      : plain(request);
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
