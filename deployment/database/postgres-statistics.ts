import type { DatabaseStatistics } from '../../core/model/bench.ts';
import { runToEnd } from '../providers/process/commands.ts';

const query = `select xact_commit, xact_rollback, blks_read, blks_hit, numbackends, current_setting('max_connections')
  from pg_stat_database where datname = current_database()`;

/** How busy the database is, by psql and how it reaches it. */
export async function postgresStatistics(psql: string, connection: readonly string[]): Promise<DatabaseStatistics> {
  const options = ['--no-psqlrc', '--tuples-only', '--no-align', '--field-separator=,'];
  const row = await runToEnd(psql, [...options, '--command', query, ...connection], {});
  const [commits = 0, rollbacks = 0, blocksRead = 0, blocksHit = 0, connections = 0, maxConnections = 1] = row
    .trim()
    .split(',')
    .map(Number);
  return { commits, rollbacks, blocksRead, blocksHit, connections, maxConnections };
}
