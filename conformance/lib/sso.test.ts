import { expect, test } from 'vitest';
import { cookiesFrom, loginTokenIn } from './sso.ts';

test('cookies are taken apart although their dates have commas', () => {
  const headers = { 'set-cookie': 'a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Path=/, b=2; HttpOnly' };
  expect(cookiesFrom({ headers })).toBe('a=1; b=2');
  expect(cookiesFrom({ headers: {} })).toBe('');
});

test('the login token is read from the address', () => {
  expect(loginTokenIn('https://client.example/?loginToken=abc')).toBe('abc');
  expect(loginTokenIn('https://client.example/')).toBeUndefined();
  expect(loginTokenIn(undefined)).toBeUndefined();
});
