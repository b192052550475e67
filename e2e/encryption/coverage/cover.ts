import type { CheckMeta } from '../../../core/model/check.ts';
import { coversOfPairs, type PairOfPrograms } from './pairs.ts';
import { type Shown, stateOfShown } from './shown.ts';

/** What encryption flows are held to, as e2e/encryption/rows.yaml holds it. */
export interface EncryptionTable {
  readonly rows: readonly { readonly row: string; readonly reason: string }[];
  readonly attacks: readonly { readonly attack: number; readonly title: string; readonly reason?: string }[];
  readonly requirements: readonly { readonly requirement: string; readonly reason: string }[];
  readonly tests: readonly { readonly test: string; readonly rows?: readonly string[]; readonly reason?: string }[];
  readonly pairs: readonly PairOfPrograms[];
  readonly places: readonly SearchedPlace[];
}

/** Where a deployment could keep what people write. */
export interface SearchedPlace {
  readonly place: string;
  readonly shown: Shown;
}

export interface Covering {
  /** Rows of the suite's table that belong to encryption. */
  readonly rows: readonly string[];
  readonly requirements: readonly { readonly id: string; readonly title: string }[];
  /** Of all families. */
  readonly checks: readonly Pick<CheckMeta, 'id' | 'rows' | 'attacks' | 'requirements'>[];
}

export type CoverState =
  | { readonly state: 'built'; readonly checks: readonly string[] }
  /** Only by checks of other families. */
  | { readonly state: 'elsewhere'; readonly checks: readonly string[] }
  | { readonly state: 'leftOut'; readonly reason: string }
  /** Somebody forgot it. */
  | { readonly state: 'unexplained' };

export type Covers = readonly (CoverState & { readonly name: string; readonly title?: string })[];

export interface EncryptionCover {
  readonly rows: Covers;
  readonly attacks: Covers;
  readonly requirements: Covers;
  /** Of complement-crypto. */
  readonly tests: Covers;
  /** What two programs show together: three entries for each pair. */
  readonly pairs: Covers;
  /** Where words that nobody may find are looked for. */
  readonly places: Covers;
  /** Reasons for what is covered all the same, and names that nothing has. */
  readonly stale: readonly string[];
}

/** Where everything stands that encryption flows are held to. */
export function coverOf(table: EncryptionTable, { rows, requirements, checks }: Covering): EncryptionCover {
  const coveredRows = index(checks, ({ rows: named = [] }) => named);
  const coveredAttacks = index(checks, ({ attacks = [] }) => attacks.map(String));
  const coveredRequirements = index(checks, (meta) => meta.requirements);
  const rowReasons = new Map(table.rows.map(({ row, reason }) => [row, reason]));
  const requirementReasons = new Map(table.requirements.map(({ requirement, reason }) => [requirement, reason]));
  const known = new Set(checks.map(({ id }) => id));
  const byRow = new Map(rows.map((row) => [row, stateOf(coveredRows.get(row), rowReasons.get(row))]));
  const covers = {
    rows: [...byRow].map(([name, state]) => ({ name, ...state })),
    attacks: table.attacks.map(({ attack, title, reason }) => ({
      name: String(attack),
      title,
      ...stateOf(coveredAttacks.get(String(attack)), reason),
    })),
    requirements: requirements.map(({ id, title }) => ({
      name: id,
      title,
      ...stateOf(coveredRequirements.get(id), requirementReasons.get(id)),
    })),
    tests: table.tests.map(({ test, rows: proving = [], reason }) => ({
      name: test,
      ...(reason === undefined
        ? together(proving.map((row) => byRow.get(row) ?? { state: 'unexplained' }))
        : stateOf(undefined, reason)),
    })),
    pairs: coversOfPairs(table.pairs, known),
    places: table.places.map(({ place, shown }) => ({ name: place, ...stateOfShown(shown, known) })),
  };
  return { ...covers, stale: staleIn(table, covers) };
}

function index(
  checks: Covering['checks'],
  namesOf: (meta: Covering['checks'][number]) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const pairs = checks.flatMap((meta) => namesOf(meta).map((name) => ({ name, id: meta.id })));
  return new Map([...Map.groupBy(pairs, ({ name }) => name)].map(([name, of]) => [name, of.map(({ id }) => id)]));
}

function stateOf(checks: readonly string[] | undefined, reason: string | undefined): CoverState {
  if (checks === undefined) return reason === undefined ? { state: 'unexplained' } : { state: 'leftOut', reason };
  return { state: checks.some((id) => id.startsWith('encryption.')) ? 'built' : 'elsewhere', checks };
}

/** What several rows prove together is proven where all of them are built. */
function together(states: readonly CoverState[]): CoverState {
  const open = states.find((one) => !('checks' in one));
  if (open !== undefined) return open;
  return { state: 'built', checks: [...new Set(states.flatMap((one) => ('checks' in one ? one.checks : [])))] };
}

function staleIn(table: EncryptionTable, { rows, attacks, requirements }: Omit<EncryptionCover, 'stale'>) {
  const reasoned = [
    ...table.rows.map(({ row }) => ({ name: row, of: rows })),
    ...table.attacks.flatMap(({ attack, reason }) => (reason ? [{ name: String(attack), of: attacks }] : [])),
    ...table.requirements.map(({ requirement }) => ({ name: requirement, of: requirements })),
  ];
  return reasoned
    .filter(({ name, of }) => of.find((state) => state.name === name)?.state !== 'leftOut')
    .map(({ name }) => name);
}
