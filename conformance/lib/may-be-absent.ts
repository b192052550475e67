import type { Operation } from '../../schemas/matrix/operations.ts';
import { isAfter, type SpecVersion } from '../../schemas/matrix/spec-version.ts';
import { readDeclarations } from '../coverage/data.ts';

// At once, because a check that is replayed waits for no file.
const { notImplemented, notApplicable, optional } = await readDeclarations();

const declared = new Set([
  ...[...notImplemented, ...notApplicable].map(({ operation }) => operation),
  ...optional.flatMap(({ operations }) => operations),
]);

/** Whether a homeserver that speaks that version may lack the operation: it is newer, or a reason is declared. */
export const mayBeAbsent = (
  { id, added }: Pick<Operation, 'id' | 'added'>,
  version: SpecVersion | undefined,
): boolean => declared.has(id) || isAfter(added, version);
