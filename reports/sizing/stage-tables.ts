import type { Sizing, SizingRow, Workers } from '../../core/model/sizing.ts';
import { html } from '../renderers/html/html.ts';
import { sizingWords as words } from '../texts/sizing.ts';
import { numberText } from '../texts/wording.ts';
import { type Column, table } from './table.ts';
import { estimateText, figure } from './values.ts';

const stage: Column<SizingRow> = { head: 'Stufe', words: true, cell: (row) => row.stage };
const accounts: Column<SizingRow> = { head: 'Konten', cell: (row) => numberText(row.accounts) };

const demand: readonly Column<SizingRow>[] = [
  stage,
  accounts,
  { head: 'Geräte online', cell: (row) => numberText(row.onlineDevices) },
  { head: 'Abfragen/s', cell: (row) => figure(row.pollsPerSecond) },
  { head: 'Nachrichten/s', cell: (row) => figure(row.messagesPerSecond, 2) },
  { head: 'in der dichtesten Minute', cell: (row) => figure(row.peakMessagesPerSecond, 2) },
  { head: 'Anmeldungen/s morgens', cell: (row) => figure(row.loginsPerSecond, 2) },
  { head: 'Verbindungen', cell: (row) => numberText(row.connections) },
  { head: 'Mbit/s', cell: (row) => figure(row.bandwidthMbitPerSecond) },
];

const equipment: readonly Column<SizingRow>[] = [
  stage,
  accounts,
  { head: 'Herkunft', cell: originOf },
  { head: 'vCPU Synapse und Edge', cell: (row) => estimateText(row.vCpu) },
  { head: 'Prozesse', cell: (row) => figure(row.workers?.total ?? null) },
  { head: 'RAM Synapse GiB', cell: (row) => figure(row.ramGib) },
  { head: 'vCPU PostgreSQL', cell: (row) => estimateText(row.postgresVCpu) },
  { head: 'RAM PostgreSQL GiB', cell: (row) => figure(row.postgresRamGib) },
  { head: 'geschriebene Seiten/s', cell: (row) => figure(row.postgresPageWritesPerSecond) },
  { head: 'Datenbank GiB/Jahr', cell: (row) => figure(row.databaseGrowthGibPerYear) },
  { head: 'Dateien GiB/Jahr', cell: (row) => figure(row.mediaGibPerYear) },
];

function originOf({ extrapolated, timesMeasured }: SizingRow): string {
  return extrapolated ? words.extrapolated(figure(timesMeasured)) : words.withinMeasured;
}

const workerHeads: Readonly<Record<keyof Workers, string>> = {
  sync: 'Sync',
  initialSync: 'erster Sync',
  client: 'Client',
  eventPersister: 'Event Persister',
  streamWriters: 'Stream Writer',
  federation: 'Föderation',
  pusher: 'Push',
  media: 'Medien',
  total: 'mit Hauptprozess',
};

const workers: readonly Column<SizingRow>[] = [
  stage,
  ...Object.entries(workerHeads).map(([name, head]) => ({
    head,
    cell: (row: SizingRow) => figure(row.workers?.[name as keyof Workers] ?? null),
  })),
];

/** What each stage asks for, what that takes, and how Synapse is divided. */
export function stageTables({ table: rows, holdOut }: Sizing) {
  const isReliable = holdOut?.reliable ?? false;
  const mark = isReliable ? '' : html` <span class="violated">(${words.unreliable})</span>`;
  return html`<div>
    <h3>${words.demand}</h3>
    ${table(words.demand, demand, rows)}
    <h3>${words.equipment}${mark}</h3>
    <p>${equipmentWords(rows[0])}</p>
    ${table(words.equipment, equipment, rows)}
    ${notesOn(rows)}
    <h3>${words.workers}${mark}</h3>
    ${table(words.workers, workers, rows)}
  </div>`;
}

function notesOn(rows: readonly SizingRow[]) {
  const noted = rows.filter(({ notes }) => notes.length > 0);
  if (noted.length === 0) return null;
  return html`<ul>${noted.map((row) => html`<li>${row.stage}: ${row.notes.join(' ')}</li>`)}</ul>`;
}

const equipmentWords = (row: SizingRow | undefined) =>
  `Geplant wird mit ${figure(100 * (row?.plannedShareOfKnee ?? 0), 0)} % dessen, was die Grenze zuließ. In Klammern der Bereich, in den 95 von 100 Wiederholungen fielen. Hochgerechnet ist, was mehr als das Anderthalbfache des Gemessenen verlangt.`;
