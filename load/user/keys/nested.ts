/** Puts a value into a table of tables. */
export function putNested<T>(
  table: Record<string, Record<string, T>>,
  [outer, inner]: [string, string],
  value: T,
): void {
  const row = table[outer] ?? {};
  table[outer] = row;
  row[inner] = value;
}
