/** The columns of a row of COPY in text format, as they are in the database: bytes of bytea, else texts. Nulls are left out. */
export function columnsOf(row: string): readonly (string | Uint8Array)[] {
  return row
    .split('\t')
    .filter((column) => column !== '\\N')
    .map((column) => (bytea.test(column) ? Buffer.from(column.slice(3), 'hex') : unescaped(column)));
}

/** COPY doubles the backslash that bytea begins with. */
const bytea = /^\\\\x(?:[0-9a-f]{2})*$/;

const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const unescaped = (column: string): string =>
  column.replace(/\\(.)/g, (_whole, character: string) => controls[character] ?? character);
