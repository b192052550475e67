import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { DatabaseSearch } from '../core/model/bench.ts';
import { createPostgresSearch } from '../deployment/database/postgres-search.ts';
import { createSqliteSearch } from '../deployment/database/sqlite-search.ts';
import { startGuard } from '../deployment/guard/guard.ts';
import { startPostgres } from '../deployment/providers/process/postgres.ts';
import { leftoversOf } from './deployment/leftovers.ts';
import { temporaryFolder } from './deployment/temporary.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';

const within = temporaryFolder();

const tables = `
CREATE TABLE plain (a text, b integer); INSERT INTO plain VALUES ('vorn kanarie hinten', 1), ('nichts', 2);
CREATE TABLE json (body text); INSERT INTO json VALUES ('{"body":"kanarie"}');
CREATE TABLE "Odd name" (x text); INSERT INTO "Odd name" VALUES ('kanarie');
CREATE TABLE empty (x text);
CREATE TABLE clean (x text); INSERT INTO clean VALUES ('kanar ie'), ('Kanarie');`;

async function findsEverywhere(search: DatabaseSearch, odd: string) {
  expect(await search.tablesContaining('kanarie')).toEqual([odd, 'bytes', 'json', 'plain'].toSorted());
  expect(await search.countRows()).toBe(7);
  expect(await search.tablesContaining('papagei')).toEqual([]);
  const seen = new Set<string>();
  const count = await search.visit((table, piece) => {
    if (Buffer.from(piece).includes('kanarie')) seen.add(table);
  });
  expect([...seen].toSorted()).toEqual([odd, 'bytes', 'json', 'plain'].toSorted());
  expect(count).toBe(9);
}

test('a word is found in any table of SQLite, in texts and in bytes', async () => {
  const path = join(mkdtempSync(join(within, 'sqlite-')), 'test.db');
  {
    using database = new DatabaseSync(path);
    database.exec(`${tables} CREATE TABLE bytes (x blob)`);
    database.prepare('INSERT INTO bytes VALUES (?)').run(Buffer.from('\u0000\u0001kanarie\u00ff'));
  }
  await findsEverywhere(createSqliteSearch(path), 'Odd name');
});

const { postgresBin: bin } = toolsHere();
const missing = requireParts({ postgresBin: bin });

describe.skipIf(missing !== undefined)(`PostgreSQL${missing === undefined ? '' : ` (${missing})`}`, () => {
  test('a word is found in any table, in texts and in bytes', { timeout: 60_000 }, async () => {
    const runId = `database${process.pid}`;
    const scratch = mkdtempSync(join(within, 'postgres-'));
    {
      await using guard = await startGuard(scratch, runId);
      await using server = await startPostgres({ bin: String(bin), runId, logFile: join(scratch, 'log'), guard });
      const { host, user, database } = server.plan;
      const connection = ['--host', host, '--username', user];
      const bytes = `CREATE TABLE bytes (x bytea); INSERT INTO bytes VALUES ('\\x00016b616e61726965ff');`;
      execFileSync(join(String(bin), 'psql'), [...connection, '--quiet', '-c', `${tables} ${bytes}`, database]);
      const dump = { command: join(String(bin), 'pg_dump'), args: [...connection, database] };
      await findsEverywhere(createPostgresSearch(dump), '"Odd name"');
    }
    expect(leftoversOf(runId)).toEqual([]);
  });

  test('starts although the temporary folder of root is private', { timeout: 60_000 }, async () => {
    const runId = `private${process.pid}`;
    const scratch = mkdtempSync(join(within, 'private-'));
    vi.stubEnv('TMPDIR', scratch);
    onTestFinished(() => void vi.unstubAllEnvs());
    await using guard = await startGuard(scratch, runId);
    await using server = await startPostgres({ bin: String(bin), runId, logFile: join(scratch, 'log'), guard });
    expect(existsSync(server.plan.host)).toBe(true);
  });

  test('a database that cannot be read is an error, never an empty result', async () => {
    const args = ['--host', tmpdir(), '--username', 'nobody', 'nowhere'];
    const search = createPostgresSearch({ command: join(String(bin), 'pg_dump'), args });
    await expect(search.tablesContaining('kanarie')).rejects.toThrow(/^The database could not be searched: .*pg_dump/);
  });
});
