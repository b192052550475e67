import { join } from 'node:path';
import type { DatabaseSearch } from '../../../core/model/bench.ts';
import { createPostgresSearch } from '../../database/postgres-search.ts';
import { postgresStatistics } from '../../database/postgres-statistics.ts';
import { createSqliteSearch } from '../../database/sqlite-search.ts';
import type { DatabasePlan } from '../../reference/synapse-configuration.ts';
import type { Part } from './part.ts';
import { startPostgres } from './postgres.ts';

export interface OpenDatabase extends AsyncDisposable {
  readonly plan: DatabasePlan;
  readonly search: DatabaseSearch;
}

/** PostgreSQL where its programs are installed, else a SQLite file. */
export async function openDatabase({ directory, guard, options }: Part): Promise<OpenDatabase> {
  const { postgresBin: bin } = options.tools;
  if (bin === undefined) {
    options.progress({
      de: 'PostgreSQL ist nicht installiert: Der Homeserver hält seine Daten in SQLite.',
      en: 'PostgreSQL is not installed: the homeserver keeps its data in SQLite.',
    });
    const path = join(directory, 'synapse.db');
    const nothing = async () => {};
    return { plan: { engine: 'sqlite', path }, search: createSqliteSearch(path), [Symbol.asyncDispose]: nothing };
  }
  const logFile = join(directory, 'postgresql.log');
  const server = await startPostgres({ bin, runId: options.runId, logFile, guard, signal: options.signal });
  const { host, user, database } = server.plan;
  const dump = { command: join(bin, 'pg_dump'), args: ['--host', host, '--username', user, database] };
  const psql = join(bin, 'psql');
  const connection = ['--host', host, '--username', user, database];
  const search = { ...createPostgresSearch(dump), statistics: () => postgresStatistics(psql, connection) };
  return { plan: server.plan, search, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
