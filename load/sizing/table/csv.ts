import type { Estimate, SizingRow, Workers } from '../../../core/model/sizing.ts';

type Cell = string | number | boolean | null;

/** The sizing table as RFC 4180; empty cells say that nothing measured tells it. */
export function csvFrom(rows: readonly SizingRow[]): string {
  const records = rows.map(cellsOf);
  const header = Object.keys(records[0] ?? {});
  const lines = records.map((record) => header.map((name) => quoted(record[name] ?? null)).join(','));
  return `${[header.join(','), ...lines].join('\r\n')}\r\n`;
}

function cellsOf(row: SizingRow): Record<string, Cell> {
  const { synapseCores, vCpu, postgresVCpu, workers, evidence, notes, ...plain } = row;
  return {
    ...plain,
    ...estimateCells('synapseCores', synapseCores),
    ...estimateCells('vCpu', vCpu),
    ...estimateCells('postgresVCpu', postgresVCpu),
    ...workerCells(workers),
    evidence: evidence.join(' '),
    notes: notes.join(' '),
  };
}

const estimateCells = (name: string, estimate: Estimate | null): Record<string, Cell> => ({
  [name]: estimate?.value ?? null,
  [`${name}Low`]: estimate?.low ?? null,
  [`${name}High`]: estimate?.high ?? null,
});

const workerNames = [
  'sync',
  'initialSync',
  'client',
  'eventPersister',
  'streamWriters',
  'federation',
  'pusher',
  'media',
  'total',
] as const;

const workerCells = (workers: Workers | null): Record<string, Cell> =>
  Object.fromEntries(workerNames.map((name) => [`workers.${name}`, workers?.[name] ?? null]));

function quoted(cell: Cell): string {
  const text = cell === null || cell === Number.POSITIVE_INFINITY ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
