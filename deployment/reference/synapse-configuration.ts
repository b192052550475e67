import type { Issued } from './certificates.ts';
import type { Secrets } from './secrets.ts';
import { type Json, nested, type Setting } from './setting.ts';
import { synapseSettings } from './synapse-settings.ts';
import { wellKnownExtras } from './well-known.ts';

/** What differs from deployment to deployment; paths and addresses as Synapse sees them. */
export interface SynapsePlan {
  readonly serverName: string;
  readonly publicUrl: string;
  /** Where legal texts are served; without an edge nowhere. */
  readonly legalUrl?: string;
  /** Folder of configuration and keys. */
  readonly directory: string;
  /** Folder for what Synapse writes. */
  readonly dataDirectory: string;
  /** Of every listener; only of those inside where clients have an address of their own. */
  readonly bindAddress: string;
  readonly clientAddress?: string | undefined;
  readonly clientPort: number;
  readonly adminPort: number;
  readonly database: DatabasePlan;
  readonly secrets: Secrets;
  readonly workers?: WorkersPlan;
  /** Settings that win over those of the reference. */
  readonly overrides?: readonly Pick<Setting, 'key' | 'value'>[];
  /** Without an edge before it nobody says for whom a request is forwarded. */
  readonly standsAlone?: boolean;
  /** PEM texts; with them the homeserver itself speaks TLS and answers other homeservers at the client port. */
  readonly tls?: Issued;
  /** Registrations of application services beside that of the bench. */
  readonly applicationServices?: readonly Record<string, Json>[];
}

export type DatabasePlan =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgresql'; readonly host: string; readonly user: string; readonly database: string };

export interface WorkersPlan {
  readonly redisSocket: string;
  readonly replicationPort: number;
  readonly instances: readonly { readonly name: string; readonly port: number }[];
}

export const logConfigurationFile = 'log.yaml';
export const registrationFile = 'bench-registration.yaml';
export const signingKeyFile = 'signing.key';
export const tlsFiles = { certificate: 'homeserver.crt', key: 'homeserver.key' } as const;

export const applicationServiceFile = (index: number): string => `application-service-${index + 1}.yaml`;

/** Where uploaded files are kept. */
export const mediaFolder = ({ dataDirectory }: Pick<SynapsePlan, 'dataDirectory'>): string => `${dataDirectory}/media`;

/** The whole homeserver.yaml: the reference settings and what this deployment adds. */
export function synapseConfiguration(plan: SynapsePlan): Record<string, Json> {
  const inside = (file: string) => `${plan.directory}/${file}`;
  return {
    ...nested([...synapseSettings, ...(plan.overrides ?? [])]),
    server_name: plan.serverName,
    public_baseurl: `${plan.publicUrl}/`,
    extra_well_known_client_content: wellKnownExtras(plan.legalUrl ?? plan.publicUrl),
    pid_file: `${plan.dataDirectory}/synapse.pid`,
    log_config: inside(logConfigurationFile),
    media_store_path: mediaFolder(plan),
    signing_key_path: inside(signingKeyFile),
    app_service_config_files: [
      inside(registrationFile),
      ...(plan.applicationServices ?? []).map((_registration, index) => inside(applicationServiceFile(index))),
    ],
    registration_shared_secret: plan.secrets.registration,
    macaroon_secret_key: plan.secrets.macaroon,
    form_secret: plan.secrets.form,
    listeners: listeners(plan),
    database: database(plan.database),
    ...(plan.workers === undefined ? {} : workers(plan.workers, plan)),
    ...(plan.tls === undefined
      ? {}
      : { tls_certificate_path: inside(tlsFiles.certificate), tls_private_key_path: inside(tlsFiles.key) }),
  };
}

/** One listener for clients, behind the edge if there is one; one for administration and metrics that the edge does not know. */
function listeners(plan: SynapsePlan): Json {
  const http = (port: number, forwarded: boolean, names: readonly string[]) => ({
    port,
    type: 'http',
    tls: false,
    x_forwarded: forwarded,
    bind_addresses: [plan.bindAddress],
    resources: [{ names }],
  });
  const replication = plan.workers === undefined ? [] : [http(plan.workers.replicationPort, false, ['replication'])];
  const { clientAddress = plan.bindAddress, standsAlone = false, tls } = plan;
  const outerNames = tls === undefined ? ['client'] : ['client', 'federation'];
  const outer = {
    ...http(plan.clientPort, !standsAlone, outerNames),
    tls: tls !== undefined,
    bind_addresses: [clientAddress],
  };
  return [outer, http(plan.adminPort, true, ['client', 'metrics']), ...replication];
}

function database(plan: DatabasePlan): Json {
  if (plan.engine === 'sqlite') return { name: 'sqlite3', args: { database: plan.path } };
  const args = { host: plan.host, user: plan.user, dbname: plan.database, cp_min: 2, cp_max: 10 };
  return { name: 'psycopg2', allow_unsafe_locale: false, args };
}

function workers(plan: WorkersPlan, whole: SynapsePlan): Record<string, Json> {
  return {
    redis: { enabled: true, path: plan.redisSocket },
    worker_replication_secret: whole.secrets.replication,
    instance_map: { main: { host: whole.bindAddress, port: plan.replicationPort } },
  };
}

/** A generic worker's own file, read after homeserver.yaml. */
export function workerConfiguration(plan: SynapsePlan, worker: { name: string; port: number }): Record<string, Json> {
  const listener = {
    port: worker.port,
    type: 'http',
    x_forwarded: true,
    bind_addresses: [plan.bindAddress],
    resources: [{ names: ['client'] }],
  };
  return { worker_app: 'synapse.app.generic_worker', worker_name: worker.name, worker_listeners: [listener] };
}

/** Everything to standard error; statements of the database never, they hold access tokens. */
export const logConfiguration: Record<string, Json> = {
  version: 1,
  formatters: { line: { format: '%(asctime)s %(name)s %(levelname)s %(message)s' } },
  handlers: { console: { class: 'logging.StreamHandler', formatter: 'line' } },
  loggers: { 'synapse.storage.SQL': { level: 'WARNING' }, 'synapse.access': { level: 'WARNING' } },
  root: { level: 'INFO', handlers: ['console'] },
  disable_existing_loggers: false,
};

/** Our application service: owns the names of bench accounts, is asked nothing and is exempt from limits. */
export function benchRegistration(secrets: Secrets): Record<string, Json> {
  return {
    id: 'pruefstand-bench',
    url: null,
    as_token: secrets.applicationService,
    hs_token: secrets.homeserver,
    sender_localpart: 'bench-sender',
    rate_limited: false,
    namespaces: { users: [{ exclusive: true, regex: '@bench-.*' }], aliases: [], rooms: [] },
  };
}
