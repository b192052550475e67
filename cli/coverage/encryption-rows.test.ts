import { expect, test } from 'vitest';
import { readRowTable } from '../../conformance/coverage/data.ts';
import { readEncryptionTable } from '../../e2e/encryption/coverage/data.ts';
import { readCatalogue } from '../../schemas/catalogue-reader.ts';

test('the table tells 17 attacks and 38 tests, and every row and requirement it names is there', async () => {
  const { rows, attacks, requirements, tests } = await readEncryptionTable();
  const { groups } = await readRowTable();
  const known = groups.flatMap((group) => (group.elsewhere === 'encryption' ? Object.keys(group.rows) : []));
  expect(known).toHaveLength(50);
  expect(attacks.map(({ attack }) => attack)).toEqual(Array.from({ length: 17 }, (_, index) => index + 1));
  expect(new Set(tests.map(({ test: name }) => name)).size).toBe(38);
  const named = [...rows.map(({ row }) => row), ...tests.flatMap(({ rows: of = [] }) => of)];
  expect(named.filter((row) => !known.includes(row))).toEqual([]);
  const ids = new Set<string>((await readCatalogue()).requirements.map(({ id }) => id));
  expect(requirements.filter(({ requirement }) => !ids.has(requirement))).toEqual([]);
});
