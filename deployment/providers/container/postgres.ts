import { type StartedTestContainer, Wait } from 'testcontainers';
import { database, initdbArguments, postgresArguments, user } from '../../reference/postgres.ts';
import { type ContainerContext, container, start } from './parts.ts';

const socketFolder = '/pg';
const data = `${socketFolder}/data`;

/** Reachable in the network of the deployment only, so nobody needs a password. */
const script = `set -e
PATH="$PATH:$(echo /usr/lib/postgresql/*/bin)"
initdb ${initdbArguments(data).join(' ')} >/dev/null
echo 'host all all all trust' >> ${data}/pg_hba.conf
echo 'CREATE DATABASE ${database}' | postgres --single -D ${data} postgres >/dev/null
exec postgres "$@"`;

export async function startPostgres(context: ContainerContext, image: string): Promise<StartedTestContainer> {
  const settings = postgresArguments(data, { listen_addresses: '*', unix_socket_directories: socketFolder });
  const made = container(context, image, 'postgres')
    .withUser('postgres')
    .withTmpFs({ [socketFolder]: 'rw,mode=1777' })
    .withEntrypoint(['sh', '-c', script, 'postgres'])
    .withCommand(settings)
    .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/));
  return start(context, made);
}

/** For `docker`: a dump from inside the container. */
export const dumpArguments = (postgres: StartedTestContainer): readonly string[] => [
  ...['exec', '--user', 'postgres', postgres.getId(), 'sh', '-c'],
  `PATH="$PATH:$(echo /usr/lib/postgresql/*/bin)" exec pg_dump "$@"`,
  ...['pg_dump', '--host', socketFolder, '--username', user, database],
];
