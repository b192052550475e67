import { expect, test } from 'vitest';
import { coverOf, type EncryptionTable } from './cover.ts';

const table: EncryptionTable = {
  rows: [{ row: 'e2e-push', reason: 'Ein Grund.' }],
  attacks: [
    { attack: 1, title: 'Ein Mitglied' },
    { attack: 2, title: 'Ein Gerät', reason: 'Ein Grund.' },
  ],
  requirements: [{ requirement: 'VE-02', reason: 'Ein Grund.' }],
  tests: [
    { test: 'TestBoth', rows: ['e2e-basic', 'e2e-kill'] },
    { test: 'TestBasic', rows: ['e2e-basic'] },
    { test: 'TestPush', reason: 'Ein Grund.' },
    { test: 'TestTypo', rows: ['e2e-bsic'] },
  ],
  pairs: [],
  places: [
    { place: 'Datenbank', shown: { checks: ['encryption.messages.basic'] } },
    { place: 'Redis', shown: { reason: 'Ein Grund.' } },
  ],
};

const covering = {
  rows: ['e2e-basic', 'e2e-kill', 'e2e-push', 'e2e-otk'],
  requirements: ['VE-01', 'VE-02', 'VE-03'].map((id) => ({ id, title: id })),
  checks: [
    { id: 'encryption.messages.basic', rows: ['e2e-basic'], attacks: [1], requirements: ['VE-01'] },
    { id: 'conformance.keys.claim', rows: ['e2e-otk'], requirements: ['VE-03'] },
  ],
} as const;

test('a row, an attack, a requirement is built, elsewhere, left out with a reason, or forgotten', () => {
  const { rows, attacks, requirements, tests, places, stale } = coverOf(table, covering);
  expect(rows.map(({ state }) => state)).toEqual(['built', 'unexplained', 'leftOut', 'elsewhere']);
  expect(attacks.map(({ state }) => state)).toEqual(['built', 'leftOut']);
  expect(requirements.map(({ state }) => state)).toEqual(['built', 'leftOut', 'elsewhere']);
  expect(tests.map(({ state }) => state)).toEqual(['unexplained', 'built', 'leftOut', 'unexplained']);
  expect(places.map(({ state }) => state)).toEqual(['built', 'leftOut']);
  expect(stale).toEqual([]);
});

test('a reason for what is built, or for what nobody knows, is stale', () => {
  const reasons = [
    { row: 'e2e-basic', reason: 'Ein Grund.' },
    { row: 'e2e-unknown', reason: 'Ein Grund.' },
  ];
  expect(coverOf({ ...table, rows: reasons }, covering).stale).toEqual(['e2e-basic', 'e2e-unknown']);
});
