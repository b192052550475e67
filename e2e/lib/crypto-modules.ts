import { Buffer } from 'node:buffer';
import type { ClientFile } from './client-files.ts';
import { toldVersion } from './told-version.ts';

/** A library for cryptography as the compiled code tells. */
export interface CryptoModule {
  readonly library: 'vodozemac' | 'libolm';
  readonly version?: string;
  /** The file it stands in. */
  readonly path: string;
}

/** The libraries in a client's files, whether they are files of their own or written inside the code. */
export const cryptoModulesIn = (files: readonly ClientFile[]): readonly CryptoModule[] => files.flatMap(modulesOf);

function modulesOf({ path, bytes }: ClientFile): readonly CryptoModule[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const compiled = path.endsWith('.wasm') ? [Uint8Array.from(bytes)] : embeddedIn(text);
  return [
    ...compiled.flatMap((code) => vodozemacIn(code, path)),
    ...(isLibolm(path, text) ? [{ library: 'libolm', path } as const] : []),
  ];
}

/** Compiled code begins with `\0asm`; this is how it begins in base64, which may be broken into lines. */
const beginning = /AGFzbQEAAA/g;

const notBase64 = /[^A-Za-z0-9+/\\\s]/g;

const lineBreaks = /\\[nr]|\s/g;

const embeddedIn = (text: string): readonly Uint8Array<ArrayBuffer>[] =>
  [...text.matchAll(beginning)].map(({ index }) => {
    const code = text.slice(index, endOfBase64(text, index)).replace(lineBreaks, '');
    return Uint8Array.from(Buffer.from(code, 'base64'));
  });

/** Searched for by its end: one pattern over millions of characters is too much. */
function endOfBase64(text: string, start: number): number {
  notBase64.lastIndex = start;
  return notBase64.exec(text)?.index ?? text.length;
}

/** It says which one it is when asked; else the places in its source that the compiler keeps may tell. */
function vodozemacIn(code: Uint8Array<ArrayBuffer>, path: string): readonly CryptoModule[] {
  const text = Buffer.from(code).toString('latin1');
  if (!text.includes('vodozemac')) return [];
  const version = toldVersion(code) ?? /vodozemac-(\d+\.\d+\.\d+)/.exec(text)?.[1];
  return [{ library: 'vodozemac', ...(version !== undefined && { version }), path }];
}

const isLibolm = (path: string, text: string) =>
  /(^|\/)olm(_legacy)?([.-][\w.-]*)?\.wasm$/.test(path) || text.includes('olm_get_library_version');

/** Whether a version is at least that one; both of three numbers. */
export function isAtLeast(version: string, least: string): boolean {
  const [ours, theirs] = [version, least].map((text) => text.split('.').map(Number));
  for (const [index, number] of (theirs ?? []).entries()) {
    const difference = (ours?.[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
