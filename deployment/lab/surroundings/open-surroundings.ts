import type { Surroundings } from '../../../core/model/surroundings.ts';
import type { Json } from '../../reference/setting.ts';
import type { VariantSetting } from '../../reference/variants.ts';
import type { LabAuthority } from '../lab-authority.ts';
import { openApplicationService } from './application-service.ts';
import { openMailbox } from './mailbox.ts';
import { openSink } from './sink.ts';

export interface OpenSurroundings extends AsyncDisposable {
  readonly surroundings: Surroundings;
  /** How the homeserver of the variant `open` finds them. */
  readonly settings: readonly VariantSetting[];
  readonly applicationServices: readonly Record<string, Json>[];
}

/** Tried first, so that addresses are the same in every run. */
const ports = {
  pushGateway: 8460,
  applicationService: 8461,
  openIdProvider: 8462,
  pages: 8463,
  mailbox: 8464,
  forbidden: 8465,
};

/** Loopback like the others, but not the address that the variants may call. */
const forbiddenAddress = '127.0.0.2';

export async function openSurroundings({ issue }: LabAuthority): Promise<OpenSurroundings> {
  await using stack = new AsyncDisposableStack();
  // Loaded here because it is large and most runs need no lab.
  const { openOpenIdProvider } = await import('./openid-provider.ts');
  const mailbox = stack.use(await openMailbox(ports.mailbox));
  const pushGateway = stack.use(await openSink(ports.pushGateway, () => ({ status: 200, json: { rejected: [] } })));
  const notFound = { status: 404, text: 'not found', contentType: 'text/plain' };
  const pages = stack.use(await openSink(ports.pages, () => notFound));
  const forbidden = stack.use(await openSink(ports.forbidden, () => notFound, { address: forbiddenAddress }));
  const { service, registration } = await openApplicationService(ports.applicationService);
  stack.use(service);
  const openIdProvider = stack.use(await openOpenIdProvider(ports.openIdProvider));
  const owned = stack.move();
  return {
    surroundings: {
      mailbox,
      pushGateway,
      pages,
      forbidden,
      openIdProvider,
      applicationService: service,
      openServer: async () => owned.use(await openSink(0, () => notFound, { issued: issue() })),
    },
    settings: [...openIdProvider.settings, ...mailSettings(mailbox.port)],
    applicationServices: [registration],
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function mailSettings(port: number): readonly VariantSetting[] {
  const value = {
    smtp_host: '127.0.0.1',
    smtp_port: port,
    enable_tls: false,
    notif_from: 'Prüfstand <homeserver@pruefstand.invalid>',
    enable_notifs: false,
    validation_token_lifetime: '15m',
  };
  return [{ key: 'email', value, reason: 'addresses of an account are confirmed by mail' }];
}
