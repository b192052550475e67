/** A rung of the ladder of populations. */
export interface Stage {
  /** German, for the report. */
  readonly name: string;
  readonly accounts: number;
}

/** Berlin's administration in steps; headcounts of January 2024 where published, else assumptions. */
export const defaultStages: readonly Stage[] = [
  { name: 'Pilot', accounts: 500 },
  { name: 'Eine Senatsverwaltung', accounts: 800 },
  { name: 'Drei Senatsverwaltungen', accounts: 2_400 },
  { name: 'Alle Senatsverwaltungen und Senatskanzlei', accounts: 8_400 },
  { name: 'Dazu die zwölf Bezirksämter', accounts: 35_000 },
  { name: 'Dazu Polizei und Feuerwehr', accounts: 64_000 },
  { name: 'Alle ohne Schulen', accounts: 85_000 },
  { name: 'Unmittelbarer Landesdienst', accounts: 133_574 },
  { name: 'Mit Reserve', accounts: 150_000 },
];
