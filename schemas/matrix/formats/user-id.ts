import { isFreeLocalpart, isQualified } from './identifier.ts';

const currentLocalpart = /^[a-z0-9._=/+-]+$/;

/** What everyone must accept, historical user ids with any localpart included. */
export function isUserId(text: string): boolean {
  return isQualified(text, '@', isFreeLocalpart);
}

/** What a server may give to a new user: lower case letters, digits and "._=-/+". */
export function isNewUserId(text: string): boolean {
  return isQualified(text, '@', (localpart) => currentLocalpart.test(localpart));
}
