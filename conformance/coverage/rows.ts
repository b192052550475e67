import type { CheckMeta } from '../../core/model/check.ts';

/** The suite's table of checks, as conformance/rows.yaml holds it. */
export interface RowTable {
  readonly groups: readonly RowGroup[];
  readonly builtIn: readonly { readonly row: string; readonly file: string; readonly how: string }[];
  /** Built rows whose checks do not look at all the row says. */
  readonly partly: readonly { readonly row: string; readonly missing: string }[];
  readonly leftOut: readonly { readonly row: string; readonly reason: string }[];
}

interface RowGroup {
  readonly group: string;
  readonly title: string;
  /** Family that builds these rows in place of conformance. */
  readonly elsewhere?: string;
  readonly rows: Readonly<Record<string, 'R0' | 'R1' | 'R2' | 'L'>>;
}

export type RowState =
  | {
      readonly state: 'built';
      readonly checks: readonly string[];
      /** What of the row none of them looks at. */
      readonly missing?: string;
    }
  /** By the suite itself, for all checks. */
  | { readonly state: 'builtIn'; readonly file: string; readonly how: string }
  | { readonly state: 'elsewhere'; readonly family: string }
  | { readonly state: 'leftOut'; readonly reason: string }
  /** Neither: somebody forgot it. */
  | { readonly state: 'unexplained' };

export type Row = RowState & { readonly row: string; readonly group: string; readonly needs: string };

/** Where every row of the table stands. A check of any family builds the row its id ends with, and those it names. */
export function rowsOf(
  { groups, builtIn, partly, leftOut }: RowTable,
  checks: readonly Pick<CheckMeta, 'id' | 'rows'>[],
): Row[] {
  const builtBy = Map.groupBy(
    checks.flatMap(({ id, rows = [] }) => [id.split('.').at(-1) ?? '', ...rows].map((row) => ({ row, id }))),
    ({ row }) => row,
  );
  const own = new Map(builtIn.map(({ row, ...rest }) => [row, rest]));
  const gaps = new Map(partly.map(({ row, missing }) => [row, missing]));
  const reasons = new Map(leftOut.map(({ row, reason }) => [row, reason]));
  const stateOf = (row: string, elsewhere: string | undefined): RowState => {
    const built = builtBy.get(row);
    if (built !== undefined) {
      const missing = gaps.get(row);
      return { state: 'built', checks: [...new Set(built.map(({ id }) => id))], ...(missing && { missing }) };
    }
    const byTheSuite = own.get(row);
    if (byTheSuite !== undefined) return { state: 'builtIn', ...byTheSuite };
    if (elsewhere !== undefined) return { state: 'elsewhere', family: elsewhere };
    const reason = reasons.get(row);
    return reason === undefined ? { state: 'unexplained' } : { state: 'leftOut', reason };
  };
  return groups.flatMap(({ group, elsewhere, rows }) =>
    Object.entries(rows).map(([row, needs]) => ({ row, group, needs, ...stateOf(row, elsewhere) })),
  );
}
