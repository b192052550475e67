import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { VariantName } from '../../core/model/lab.ts';
import { createSqliteSearch } from '../database/sqlite-search.ts';
import type { Guard } from '../guard/guard.ts';
import type { Deployment, DeployOptions } from '../provider.ts';
import { freePorts, ownLoopbackAddress } from '../providers/process/ports.ts';
import { startSynapse } from '../providers/process/synapse.ts';
import { requireSynapse } from '../providers/process/versions.ts';
import { openReferenceBench } from '../reference/bench.ts';
import { createSecrets } from '../reference/secrets.ts';
import type { SynapsePlan } from '../reference/synapse-configuration.ts';
import { referenceTarget } from '../reference/target.ts';
import { settingsOf } from '../reference/variants.ts';
import type { LabAuthority } from './lab-authority.ts';
import { startRestartable } from './restartable.ts';
import type { OpenSurroundings } from './surroundings/open-surroundings.ts';
import { variantPlans } from './variant-plan.ts';

export interface VariantStart {
  readonly name: VariantName;
  readonly options: DeployOptions;
  readonly guard: Guard;
  readonly authority: LabAuthority;
  readonly around: OpenSurroundings;
  /** Name of the only homeserver it speaks with. */
  readonly listed?: string;
}

interface VariantAddresses {
  readonly serverName: string;
  readonly homeserverUrl: string;
  readonly adminUrl: string;
  readonly clientPort: number;
  readonly adminAddress: string;
  readonly adminPort: number;
}

const clientAddress = '127.0.0.1';

/**
 * Synapse alone, with SQLite and without an edge: no check of a variant asks about the database or about the edge, and it
 * starts in a few seconds.
 */
export async function startVariant(wish: VariantStart): Promise<Deployment> {
  const { name, options, guard, authority, around, listed } = wish;
  await using stack = new AsyncDisposableStack();
  const { python, version } = await requireSynapse(options);
  const directory = await mkdtemp(join(options.scratchDirectory, `${name}-`));
  const addresses = await chooseAddresses(name);
  const secrets = createSecrets();
  const database = join(directory, 'synapse.db');
  const { federates, knowsSurroundings, isServed } = variantPlans[name];
  const plan: SynapsePlan = {
    serverName: addresses.serverName,
    publicUrl: addresses.homeserverUrl,
    directory: join(directory, 'synapse'),
    dataDirectory: join(directory, 'synapse'),
    bindAddress: addresses.adminAddress,
    clientAddress,
    clientPort: addresses.clientPort,
    adminPort: addresses.adminPort,
    database: { engine: 'sqlite', path: database },
    secrets,
    overrides: [
      ...settingsOf(name),
      ...(knowsSurroundings ? around.settings : []),
      ...(federates ? [{ key: 'federation_custom_ca_list', value: [authority.file] }] : []),
      ...(listed === undefined ? [] : [{ key: 'federation_domain_whitelist', value: [listed] }]),
    ],
    applicationServices: isServed ? around.applicationServices : [],
    standsAlone: true,
    ...(federates ? { tls: authority.issue() } : {}),
  };
  const start = () => startSynapse({ python, plan, guard, signal: options.signal });
  const synapse = stack.use(await startRestartable(start));
  const target = referenceTarget({
    provider: 'process',
    addresses: { ...addresses, caCertificates: federates ? authority.file : undefined },
    versions: { synapse: version },
    tools: {},
    hasPostgres: false,
    hasWorkers: false,
  });
  const own = { ...options, seed: `${options.seed}/${name}` };
  const search = createSqliteSearch(database);
  const named = { ...target, name: `Referenzsystem, Variante „${name}“` };
  const opened = await openReferenceBench({ target: named, secrets, options: own, database: search });
  stack.use(opened);
  const owned = stack.move();
  return {
    bench: { ...opened.bench, surroundings: around.surroundings, outage: () => synapse.outage() },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function chooseAddresses(name: VariantName): Promise<VariantAddresses> {
  const { port, federates } = variantPlans[name];
  const adminAddress = ownLoopbackAddress();
  const { clientPort } = await freePorts(clientAddress, { clientPort: port });
  const { adminPort } = await freePorts(adminAddress, { adminPort: 0 });
  const serverName = `localhost:${clientPort}`;
  const homeserverUrl = `${federates ? 'https' : 'http'}://${serverName}`;
  const adminUrl = `http://${adminAddress}:${adminPort}`;
  return { serverName, homeserverUrl, adminUrl, clientPort, adminAddress, adminPort };
}
