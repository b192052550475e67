import { createHash } from 'node:crypto';

/** Hex SHA-256. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Stands where the first entry of a journal names the line before it. */
export const noEntryBefore = '0'.repeat(64);
