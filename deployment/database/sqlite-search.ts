import { DatabaseSync } from 'node:sqlite';
import type { DatabaseSearch } from '../../core/model/bench.ts';

/** Looks into every column of every table, texts and blobs alike, while Synapse keeps running. */
export function createSqliteSearch(path: string): DatabaseSearch {
  const withDatabase = <T>(work: (database: DatabaseSync) => T): T => {
    using database = new DatabaseSync(path, { readOnly: true, timeout: 10_000 });
    return work(database);
  };
  return {
    engine: 'sqlite',
    tablesContaining: async (word) =>
      withDatabase((database) => tablesIn(database).filter((table) => countMatches(database, table, word) > 0)),
    visit: async (see) =>
      withDatabase((database) => tablesIn(database).reduce((sum, table) => sum + visitTable(database, table, see), 0)),
    countRows: async () =>
      withDatabase((database) =>
        tablesIn(database).reduce(
          (sum, table) => sum + count(database, `SELECT count(*) AS n FROM ${quoted(table)}`),
          0,
        ),
      ),
  };
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Virtual tables are left out: the ordinary tables behind them hold their content. */
function tablesIn(database: DatabaseSync): string[] {
  const rows = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")
    .all();
  return rows.map((row) => String(row['name']));
}

function countMatches(database: DatabaseSync, table: string, word: string): number {
  const columns = database.prepare(`PRAGMA table_info(${quoted(table)})`).all();
  const asBytes = columns.map((row) => `instr(CAST(${quoted(String(row['name']))} AS BLOB), CAST(:word AS BLOB)) > 0`);
  if (asBytes.length === 0) return 0;
  return count(database, `SELECT count(*) AS n FROM ${quoted(table)} WHERE ${asBytes.join(' OR ')}`, { word });
}

/** The number of columns that hold anything. */
function visitTable(database: DatabaseSync, table: string, see: Parameters<DatabaseSearch['visit']>[0]): number {
  let columns = 0;
  for (const row of database.prepare(`SELECT * FROM ${quoted(table)}`).iterate()) {
    for (const value of Object.values(row).filter((one) => one !== null)) {
      columns++;
      see(table, value instanceof Uint8Array ? value : String(value));
    }
  }
  return columns;
}

function count(database: DatabaseSync, sql: string, parameters: Record<string, string> = {}): number {
  return Number(database.prepare(sql).get(parameters)?.['n']);
}
