import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../core/model/usage-error.ts';

/** The secret itself, or where it stands: an environment variable or a file. */
export type SecretSource = string | { readonly env: string } | { readonly file: string };

/** Reads a secret; relative files are looked for in the given folder. Line breaks at the end of a file do not count. */
export function readSecret(
  source: SecretSource,
  from: { readonly environment: Readonly<Record<string, string | undefined>>; readonly folder: string },
): string {
  if (typeof source === 'string') return source;
  if ('env' in source) {
    const value = from.environment[source.env];
    if (value) return value;
    throw new UsageError(
      `environment variable ${source.env} named in the target file is not set: set it and run again`,
    );
  }
  const path = resolve(from.folder, source.file);
  const value = readText(path).replace(/[\r\n]+$/, '');
  if (value === '')
    throw new UsageError(`secret file ${path} named in the target file is empty: write the secret into it`);
  return value;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new UsageError(
      `secret file ${path} named in the target file cannot be read (${reason}): correct the path or its rights`,
      { cause: error },
    );
  }
}
