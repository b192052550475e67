import { isFreeLocalpart, isQualified } from './identifier.ts';

// 32 bytes: room version 3 in base64, from version 4 on in url-safe base64; never both alphabets at once.
const hash = /^\$(?:[A-Za-z0-9+/]{43}|[A-Za-z0-9_-]{43})$/;

/** The id alone does not tell its room version: with a server name it is of version 1 or 2. */
export function isEventId(text: string): boolean {
  return hash.test(text) || isQualified(text, '$', (opaque) => opaque !== '' && isFreeLocalpart(opaque));
}
