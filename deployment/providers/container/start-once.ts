import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Network, type StartedTestContainer } from 'testcontainers';
import { createPostgresSearch } from '../../database/postgres-search.ts';
import { networkPrefix } from '../../guard/leftovers.ts';
import type { ImageNames } from '../../images/names.ts';
import { filesBelow, logsIn } from '../../kept-files.ts';
import { type Deployment, type DeployOptions, referenceSynapseVersion } from '../../provider.ts';
import { answersAt } from '../../reference/answers-at.ts';
import { openReferenceBench } from '../../reference/bench.ts';
import { createCertificates } from '../../reference/certificates.ts';
import { edgeTexts } from '../../reference/edge-files.ts';
import { database, user } from '../../reference/postgres.ts';
import { createSecrets, type Secrets } from '../../reference/secrets.ts';
import type { SynapsePlan } from '../../reference/synapse-configuration.ts';
import { referenceTarget } from '../../reference/target.ts';
import { freePorts } from '../process/ports.ts';
import { clientPlan, edgeFolder, edgePorts, startEdge } from './edge.ts';
import { translated } from './errors.ts';
import { createMediaMount } from './media-mount.ts';
import type { ContainerContext } from './parts.ts';
import { dumpArguments, startPostgres } from './postgres.ts';
import { networkSettled } from './settled-network.ts';
import { adminPort, clientPort, startSynapse, synapseFolder } from './synapse.ts';
import { versionsIn } from './versions.ts';

export interface StartOptions {
  readonly options: DeployOptions;
  readonly images: ImageNames;
  readonly docker: string;
  readonly attempt: number;
}

interface HostAddresses {
  readonly serverName: string;
  readonly homeserverUrl: string;
  readonly clientUrl?: string;
  readonly hostPorts: { readonly homeserver: number; readonly client: number };
}

/** One try with one choice of ports on this machine. A taken port ends it with `portInUse`. */
export async function startOnce(start: StartOptions): Promise<Deployment> {
  try {
    return await startContainers(start);
  } catch (thrown) {
    throw translated(thrown, start.options.signal);
  }
}

async function startContainers({ options, images, docker, attempt }: StartOptions): Promise<Deployment> {
  process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
  // The ports are published on loopback only; a machine that is itself a container would be asked at its gateway.
  process.env['TESTCONTAINERS_HOST_OVERRIDE'] ??= '127.0.0.1';
  await using stack = new AsyncDisposableStack();
  const { runId, progress, tools } = options;
  const addresses = await chooseHostAddresses(tools.elementShellDist);
  const network = stack.use(await new Network({ nextUuid: () => `${networkPrefix(runId)}${attempt}` }).start());
  const directory = join(options.scratchDirectory, `deployment-${attempt}`);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const context: ContainerContext = { runId, directory, network, stack, signal: options.signal };
  progress({ de: 'PostgreSQL wird im Container gestartet …', en: 'Starting PostgreSQL in a container …' });
  const postgres = await startPostgres(context, images.postgres);
  const secrets = createSecrets();
  progress({
    de: `Synapse ${referenceSynapseVersion} wird im Container gestartet …`,
    en: `Starting Synapse ${referenceSynapseVersion} in a container …`,
  });
  const media = await createMediaMount(directory);
  const synapse = await startSynapse(context, images.synapse, { plan: synapsePlan(addresses, secrets), media });
  const { edge, caCertificates } = await prepareAndStartEdge({
    context,
    addresses,
    options,
    image: images.nginx,
  });
  const target = referenceTarget({
    provider: 'container',
    addresses: { ...addresses, caCertificates, adminUrl: `http://127.0.0.1:${synapse.getMappedPort(adminPort)}` },
    versions: await versionsIn({ postgres, synapse, edge }),
    tools,
    hasPostgres: true,
    hasWorkers: false,
  });
  const search = createPostgresSearch({ command: docker, args: dumpArguments(postgres) });
  const kept = { mediaStore: filesBelow(media.folder), serverLog: logsIn(directory) };
  const { bench } = stack.use(await openReferenceBench({ target, secrets, options, database: search, kept }));
  await networkSettled(options.signal);
  progress(answersAt(addresses.homeserverUrl));
  const owned = stack.move();
  return { bench, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function chooseHostAddresses(clientFolder: string | undefined): Promise<HostAddresses> {
  const hostPorts = await freePorts('127.0.0.1', edgePorts);
  const serverName = `localhost:${hostPorts.homeserver}`;
  const clientUrl = clientFolder === undefined ? {} : { clientUrl: `https://localhost:${hostPorts.client}` };
  return { serverName, homeserverUrl: `https://${serverName}`, ...clientUrl, hostPorts };
}

function synapsePlan({ serverName, homeserverUrl }: HostAddresses, secrets: Secrets): SynapsePlan {
  return {
    serverName,
    publicUrl: homeserverUrl,
    directory: synapseFolder,
    dataDirectory: '/data',
    bindAddress: '0.0.0.0',
    clientPort,
    adminPort,
    database: { engine: 'postgresql', host: 'postgres', user, database },
    secrets,
  };
}

interface EdgeParts {
  readonly context: ContainerContext;
  readonly addresses: HostAddresses;
  readonly options: DeployOptions;
  readonly image: string;
}

interface PreparedEdge {
  readonly edge: StartedTestContainer;
  /** The PEM file of the authority on this machine. */
  readonly caCertificates: string;
}

async function prepareAndStartEdge({ context, addresses, options, image }: EdgeParts): Promise<PreparedEdge> {
  const { homeserverUrl, serverName, clientUrl, hostPorts } = addresses;
  const clientFolder = options.tools.elementShellDist;
  const certificates = createCertificates();
  const plan = {
    directory: edgeFolder,
    listenAddress: '0.0.0.0',
    homeserverPort: edgePorts.homeserver,
    homeserverUrl,
    upstreams: { main: `synapse:${clientPort}` },
    client: clientPlan(clientFolder),
  };
  const texts = edgeTexts(plan, { serverName, clientUrl: clientUrl ?? homeserverUrl }, certificates);
  const caCertificates = join(context.directory, 'authority.pem');
  await writeFile(caCertificates, certificates.authority);
  const edge = await startEdge(context, { image, plan, texts, hostPorts, clientFolder });
  return { edge, caCertificates };
}
