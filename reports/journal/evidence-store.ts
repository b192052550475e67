import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, StoredEvidence } from '../../core/model/evidence.ts';
import { sha256 } from './digest.ts';
import { storageError } from './storage-error.ts';

const extensions: Record<string, string> = {
  'application/json': 'json',
  'image/png': 'png',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/csv': 'csv',
};

/** Keeps one piece of evidence under its digest; the same content is kept once. */
export function storeEvidence(folder: string, { name, mediaType, content }: Evidence): StoredEvidence {
  const digest = sha256(content);
  const file = `${digest}.${extensions[mediaType] ?? 'bin'}`;
  const path = join(folder, file);
  try {
    if (!existsSync(path)) writeFileSync(path, content, { flush: true });
  } catch (thrown) {
    throw storageError(path, thrown);
  }
  return { name, mediaType, sha256: digest, file: `evidence/${file}`, sizeBytes: Buffer.byteLength(content) };
}
