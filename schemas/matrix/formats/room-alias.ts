import { isFreeLocalpart, isQualified } from './identifier.ts';

export function isRoomAlias(text: string): boolean {
  return isQualified(text, '#', (localpart) => localpart !== '' && isFreeLocalpart(localpart));
}
