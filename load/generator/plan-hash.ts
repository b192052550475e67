import { createHash, type Hash } from 'node:crypto';
import { endianness } from 'node:os';
import type { CompactPlan } from './compact-plan.ts';

/** SHA-256 of everything a plan says, hexadecimal; equal on every machine. */
export function hashOfPlan({ people, table, messages, arrivalsMs }: CompactPlan): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([people.units.map(({ name }) => name), table.kinds]));
  const { firstOf, room, atMs, sequence, ciphertextCharacters } = messages;
  enter(hash, people.firstOf, ...roomColumns(table), firstOf, room, atMs, sequence, ciphertextCharacters, arrivalsMs);
  return hash.digest('hex');
}

/** Of the rooms and their members alone: what stays on a homeserver from one run to the next. */
export function hashOfRooms({ table }: Pick<CompactPlan, 'table'>): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(table.kinds.map(({ name }) => name)));
  enter(hash, ...roomColumns(table));
  return hash.digest('hex');
}

type Column = Uint8Array | Uint32Array | Int32Array;

const roomColumns = ({ kindOf, firstOf, members }: CompactPlan['table']): Column[] => [kindOf, firstOf, members];

function enter(hash: Hash, ...columns: readonly Column[]): void {
  for (const column of columns) {
    hash.update(`|${column.length}|`);
    hash.update(littleEndian(column));
  }
}

function littleEndian(column: Column): Uint8Array {
  const bytes = Buffer.from(column.buffer, column.byteOffset, column.byteLength);
  return endianness() === 'LE' || column.BYTES_PER_ELEMENT === 1 ? bytes : Buffer.from(bytes).swap32();
}
