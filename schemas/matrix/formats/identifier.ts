import { isServerName } from './server-name.ts';

const maxIdentifierBytes = 255;

/** Opaque or historical localparts: any Unicode text that is well formed, without ":" and NUL. */
export function isFreeLocalpart(localpart: string): boolean {
  return localpart.isWellFormed() && !localpart.includes(':') && !localpart.includes('\0');
}

/** Sigil, localpart, ":" and server name, together at most 255 bytes. */
export function isQualified(text: string, sigil: string, isLocalpart: (localpart: string) => boolean): boolean {
  const colon = text.indexOf(':');
  return (
    text.startsWith(sigil) &&
    colon > 0 &&
    Buffer.byteLength(text) <= maxIdentifierBytes &&
    isLocalpart(text.slice(1, colon)) &&
    isServerName(text.slice(colon + 1))
  );
}
