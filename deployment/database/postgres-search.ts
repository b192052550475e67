import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { DatabaseSearch } from '../../core/model/bench.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { columnsOf } from './copy-columns.ts';
import { spellings } from './spellings.ts';

/** The dump program and how it reaches the database: pg_dump itself, or pg_dump inside a container. */
export interface DumpCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** Reads a dump of the data: the whole database, every column, one consistent moment. */
export function createPostgresSearch(dump: DumpCommand): DatabaseSearch {
  let rowsOfLastSearch: number | undefined;
  const search = async (word: string) => {
    const found = new Set<string>();
    const wanted = spellings(word);
    rowsOfLastSearch = await readRows(dump, (table, row) => {
      if (wanted.some((spelling) => row.includes(spelling))) found.add(table);
    });
    return [...found].toSorted();
  };
  return {
    engine: 'postgresql',
    tablesContaining: search,
    visit: async (see) => {
      let columns = 0;
      await readRows(dump, (table, row) => {
        for (const column of columnsOf(row)) {
          columns++;
          see(table, column);
        }
      });
      return columns;
    },
    countRows: async () => rowsOfLastSearch ?? readRows(dump, () => {}),
  };
}

/** Calls back for every row with the table's name without its schema; the number of rows. */
async function readRows(dump: DumpCommand, onRow: (table: string, row: string) => void): Promise<number> {
  const args = [...dump.args, '--data-only', '--no-sync', '--encoding=UTF8'];
  const child = spawn(dump.command, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' });
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const closed = once(child, 'close');
  let table: string | undefined;
  let rows = 0;
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (table === undefined) table = tableOpenedBy(line);
    else if (line === '\\.') table = undefined;
    else {
      rows++;
      onRow(table, line);
    }
  }
  const [code] = await closed;
  if (code !== 0) throw dumpFailed(dump, errors.join(''));
  return rows;
}

const tableOpenedBy = (line: string): string | undefined =>
  /^COPY (?:\w+|"[^"]+")\.(\w+|"[^"]+") .*FROM stdin;$/.exec(line)?.[1];

const dumpFailed = (dump: DumpCommand, detail: string): RigError =>
  new RigError('toolFailed', {
    de: `Die Datenbank ließ sich nicht durchsuchen: ${dump.command}: ${detail.trim()}`,
    en: `The database could not be searched: ${dump.command}: ${detail.trim()}`,
  });
