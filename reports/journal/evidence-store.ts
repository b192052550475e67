import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, StoredEvidence } from '../../core/model/evidence.ts';
import { sequenceMediaType } from '../../core/model/sequence.ts';
import { sha256 } from './digest.ts';
import { writeWhole } from './write-whole.ts';

// Markup is kept as plain text: whoever opens evidence must not run what the target sent.
const extensions = new Map([
  ['application/json', 'json'],
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/svg+xml', 'txt'],
  ['text/csv', 'csv'],
  ['text/html', 'txt'],
  ['text/plain', 'txt'],
  [sequenceMediaType, 'json'],
]);

/** Keeps one piece of evidence under its digest; the same content is kept once. */
export function storeEvidence(folder: string, { name, mediaType, content }: Evidence): StoredEvidence {
  const digest = sha256(content);
  const file = `${digest}.${extensions.get(mediaType) ?? 'bin'}`;
  const path = join(folder, file);
  if (!existsSync(path)) writeWhole(path, content);
  return { name, mediaType, sha256: digest, file: `evidence/${file}`, sizeBytes: Buffer.byteLength(content) };
}
