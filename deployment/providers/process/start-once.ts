import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Guard } from '../../guard/guard.ts';
import { filesBelow, logsIn } from '../../kept-files.ts';
import type { Deployment, DeployOptions } from '../../provider.ts';
import { answersAt } from '../../reference/answers-at.ts';
import { openReferenceBench } from '../../reference/bench.ts';
import { createSecrets } from '../../reference/secrets.ts';
import { mediaFolder } from '../../reference/synapse-configuration.ts';
import { referenceTarget } from '../../reference/target.ts';
import { chooseAddresses } from './addresses.ts';
import { openDatabase } from './database.ts';
import { startEdge } from './edge.ts';
import type { Part } from './part.ts';
import { startRedis } from './redis.ts';
import { startSynapse } from './synapse.ts';
import { synapsePlan } from './synapse-plan.ts';
import { requireSynapse, versionsOf } from './versions.ts';

/** One try with one choice of ports. A taken port ends it with `portInUse`. */
export async function startOnce(options: DeployOptions, guard: Guard, attempt: number): Promise<Deployment> {
  await using stack = new AsyncDisposableStack();
  const { python, version } = await requireSynapse(options);
  const part = await preparePart(options, guard, attempt);
  const { addresses, directory } = part;
  const [edge, database, redis] = await startTogether(stack, [startEdge(part), openDatabase(part), startRedis(part)]);
  const secrets = createSecrets();
  options.progress({
    de: `Synapse ${version} mit ${database.search.engine} wird gestartet …`,
    en: `Starting Synapse ${version} with ${database.search.engine} …`,
  });
  const plan = synapsePlan({ addresses, directory, database: database.plan, redisSocket: redis.socket, secrets });
  stack.use(await startSynapse({ python, plan, guard, signal: options.signal }));
  const target = referenceTarget({
    provider: 'process',
    addresses: { ...addresses, caCertificates: edge.caCertificates },
    versions: await versionsOf(options, version),
    tools: options.tools,
    hasPostgres: database.search.engine === 'postgresql',
    hasWorkers: plan.workers !== undefined,
  });
  const kept = { mediaStore: filesBelow(mediaFolder(plan)), serverLog: logsIn(directory) };
  const opened = stack.use(await openReferenceBench({ target, secrets, options, database: database.search, kept }));
  options.progress(answersAt(addresses.homeserverUrl));
  const owned = stack.move();
  return { bench: opened.bench, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function preparePart(options: DeployOptions, guard: Guard, attempt: number): Promise<Part> {
  const directory = join(options.scratchDirectory, `deployment-${attempt}`);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return { directory, guard, options, addresses: await chooseAddresses(options) };
}

/** Takes over whatever started, also when another one failed; then throws the first failure. */
async function startTogether<Parts extends readonly AsyncDisposable[]>(
  stack: AsyncDisposableStack,
  starts: { readonly [Key in keyof Parts]: Promise<Parts[Key]> },
): Promise<Parts> {
  const results = await Promise.allSettled(starts);
  for (const result of results) if (result.status === 'fulfilled') stack.use(result.value);
  return Promise.all(starts) as Promise<Parts>;
}
