import { join } from 'node:path';
import type { Secrets } from '../../reference/secrets.ts';
import type { DatabasePlan, SynapsePlan, WorkersPlan } from '../../reference/synapse-configuration.ts';
import type { Addresses } from './addresses.ts';

export interface PlanParts {
  readonly addresses: Addresses;
  readonly directory: string;
  readonly database: DatabasePlan;
  readonly redisSocket?: string | undefined;
  readonly secrets: Secrets;
}

export function synapsePlan({ addresses, directory, database, redisSocket, secrets }: PlanParts): SynapsePlan {
  const { inner } = addresses;
  return {
    serverName: addresses.serverName,
    publicUrl: addresses.homeserverUrl,
    directory: join(directory, 'synapse'),
    dataDirectory: join(directory, 'synapse'),
    bindAddress: inner.address,
    clientAddress: inner.clientAddress,
    clientPort: inner.clientPort,
    adminPort: inner.adminPort,
    database,
    secrets,
    ...workersPlan(inner.workers, redisSocket),
  };
}

function workersPlan(workers: Addresses['inner']['workers'], redisSocket?: string): { readonly workers?: WorkersPlan } {
  if (workers === undefined || redisSocket === undefined) return {};
  const instances = [
    { name: 'sync-worker', port: workers.syncPort },
    { name: 'other-worker', port: workers.otherPort },
  ];
  return { workers: { redisSocket, replicationPort: workers.replicationPort, instances } };
}
