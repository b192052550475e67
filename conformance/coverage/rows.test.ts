import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOperationFacts } from '../../schemas/matrix/bundle.ts';
import { readDeclarations, readRowTable } from './data.ts';
import { type RowTable, rowsOf } from './rows.ts';

const table: RowTable = {
  groups: [
    {
      group: 'DEV',
      title: 'Devices',
      rows: { 'dev-list': 'R1', 'dev-update': 'R1', 'dev-delete': 'R1', 'dev-all': 'R1' },
    },
    { group: 'POL', title: 'Promises', elsewhere: 'policy', rows: { 'pol-tls': 'R0', 'pol-ssrf': 'R1' } },
    { group: 'FED', title: 'Federation', rows: { 'fed-acl': 'L' } },
  ],
  builtIn: [{ row: 'dev-all', file: 'conformance/lib/validation.ts', how: 'Für alle.' }],
  partly: [{ row: 'dev-list', missing: 'Die Reihenfolge.' }],
  leftOut: [{ row: 'fed-acl', reason: 'Ein Grund.' }],
};

test('a row is built, elsewhere, left out with a reason, or forgotten', () => {
  const checks = [
    { id: 'conformance.dev.dev-list', rows: ['dev-update'] },
    { id: 'policy.transport.tls', rows: ['pol-tls'] },
  ];
  expect(rowsOf(table, checks).map(({ row, state }) => [row, state])).toEqual([
    ['dev-list', 'built'],
    ['dev-update', 'built'],
    ['dev-delete', 'unexplained'],
    ['dev-all', 'builtIn'],
    ['pol-tls', 'built'],
    ['pol-ssrf', 'elsewhere'],
    ['fed-acl', 'leftOut'],
  ]);
});

test('what the checks of a row do not look at is told with it', () => {
  const [list, update] = rowsOf(table, [{ id: 'conformance.dev.dev-list', rows: ['dev-update'] }]);
  expect(list).toMatchObject({ state: 'built', missing: 'Die Reihenfolge.' });
  expect(update).not.toHaveProperty('missing');
});

test('the table has 396 rows, and names none twice', async () => {
  const { groups, builtIn, partly, leftOut } = await readRowTable();
  const rows = groups.flatMap((group) => Object.keys(group.rows));
  expect(rows).toHaveLength(396);
  expect(new Set(rows).size).toBe(396);
  const told = [...builtIn, ...partly, ...leftOut].map(({ row }) => row);
  expect(new Set(told).size).toBe(told.length);
  expect([...builtIn, ...partly, ...leftOut].filter(({ row }) => !rows.includes(row))).toEqual([]);
  expect(builtIn.filter(({ file }) => !existsSync(join(import.meta.dirname, '../..', file)))).toEqual([]);
});

test('declarations name operations of the specification', async () => {
  const { notImplemented, notApplicable, optional, deviating, notBuilt } = await readDeclarations();
  const known = new Set(readOperationFacts('client-server').map(({ id }) => id));
  const named = [...notImplemented, ...notApplicable, ...deviating, ...notBuilt].map(({ operation }) => operation);
  const switchable = optional.flatMap(({ operations }) => operations);
  expect([...named, ...switchable].filter((operation) => !known.has(operation))).toEqual([]);
  const checks = deviating.map(({ check }) => check.replace('conformance.', 'checks/').replace('.', '/'));
  expect(checks.filter((path) => !existsSync(join(import.meta.dirname, '..', `${path}.check.ts`)))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
});
