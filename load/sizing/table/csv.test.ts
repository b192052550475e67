import { expect, test } from 'vitest';
import { simulatedSweep, sizingOptions } from '../simulated-sweep.fixture.ts';
import { sizingFromRuns } from '../sizing-from-runs.ts';
import { csvFrom } from './csv.ts';

const { table } = sizingFromRuns(sizingOptions(simulatedSweep()));

test('one line for each stage, each with as many cells as the header', () => {
  const lines = csvFrom(table).trimEnd().split('\r\n');
  expect(lines.length).toBe(table.length + 1);
  const cells = lines.map((line) => line.replaceAll(/"[^"]*"/g, 'text').split(',').length);
  expect(new Set(cells).size).toBe(1);
});

test('commas and quotes in words do not break the table', () => {
  const [row] = table;
  const text = csvFrom(row ? [{ ...row, stage: 'Pilot, "klein"' }] : []);
  expect(text).toContain('"Pilot, ""klein""",500');
});
