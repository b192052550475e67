import { isFreeLocalpart, isQualified } from './identifier.ts';

// Since room version 12 a room id is the hash of its create event: 32 bytes, url-safe base64.
const hashOnly = /^![A-Za-z0-9_-]{43}$/;

export function isRoomId(text: string): boolean {
  return hashOnly.test(text) || isQualified(text, '!', (opaque) => opaque !== '' && isFreeLocalpart(opaque));
}
