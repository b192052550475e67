/** Least squares over parameters that cannot be negative, exact for a few of them: every set of zero parameters is tried. */
export function fitNonNegative(rows: readonly (readonly number[])[], values: readonly number[]): readonly number[] {
  const columns = rows[0]?.length ?? 0;
  const weightsOfColumns = Array.from({ length: columns }, (_, column) => scaleOf(rows, column));
  const scaled = rows.map((row) => row.map((value, column) => value / (weightsOfColumns[column] ?? 1)));
  const candidates = subsets(columns).flatMap((free) => candidateFor(scaled, values, free));
  const [best] = candidates.toSorted((a, b) => a.error - b.error);
  const parameters = best?.parameters ?? Array.from({ length: columns }, () => 0);
  return parameters.map((value, column) => value / (weightsOfColumns[column] ?? 1));
}

/** So that columns of very different size are equally well conditioned. */
const scaleOf = (rows: readonly (readonly number[])[], column: number) =>
  Math.max(...rows.map((row) => Math.abs(row[column] ?? 0))) || 1;

function subsets(size: number): number[][] {
  return Array.from({ length: 2 ** size }, (_, mask) =>
    Array.from({ length: size }, (_, column) => column).filter((column) => ((mask >> column) & 1) === 1),
  );
}

function candidateFor(rows: readonly (readonly number[])[], values: readonly number[], free: readonly number[]) {
  const solved = solveNormal(rows, values, free);
  if (solved === undefined || solved.some((value) => value < 0 || !Number.isFinite(value))) return [];
  const parameters = (rows[0] ?? []).map((_, column) => solved[free.indexOf(column)] ?? 0);
  const error = rows.reduce((sum, row, index) => {
    const predicted = row.reduce((total, value, column) => total + value * (parameters[column] ?? 0), 0);
    return sum + (predicted - (values[index] ?? 0)) ** 2;
  }, 0);
  return [{ parameters, error }];
}

/** Normal equations by Gaussian elimination with pivots; undefined when the columns do not tell the parameters apart. */
function solveNormal(
  rows: readonly (readonly number[])[],
  values: readonly number[],
  free: readonly number[],
): number[] | undefined {
  const at = (row: readonly number[], column: number | undefined) => row[column ?? -1] ?? 0;
  const matrix = free.map((first) => [
    ...free.map((second) => rows.reduce((sum, row) => sum + at(row, first) * at(row, second), 0)),
    rows.reduce((sum, row, index) => sum + at(row, first) * (values[index] ?? 0), 0),
  ]);
  return eliminate(matrix);
}

const singular = 1e-12;

function eliminate(matrix: number[][]): number[] | undefined {
  const size = matrix.length;
  const largest = Math.max(0, ...matrix.map((row, index) => Math.abs(row[index] ?? 0)));
  for (let column = 0; column < size; column++) {
    const order = matrix.slice(column).toSorted((a, b) => Math.abs(b[column] ?? 0) - Math.abs(a[column] ?? 0));
    matrix.splice(column, size - column, ...order);
    if (Math.abs(matrix[column]?.[column] ?? 0) <= singular * largest) return undefined;
    clearColumn(matrix, column);
  }
  return matrix.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}

/** Leaves the pivot as the only value of its column. */
function clearColumn(matrix: number[][], column: number): void {
  const pivot = matrix[column] ?? [];
  for (const row of matrix) {
    if (row === pivot) continue;
    const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
    for (const [cell, value] of pivot.entries()) row[cell] = (row[cell] ?? 0) - factor * value;
  }
}
