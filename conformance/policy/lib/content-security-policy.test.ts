import { expect, test } from 'vitest';
import { openScriptSources, parseContentSecurityPolicy, restrictsFraming } from './content-security-policy.ts';

test.each([
  ["default-src 'none'; script-src 'self' 'wasm-unsafe-eval'", []],
  ["script-src 'self' 'unsafe-inline'", ["'unsafe-inline'"]],
  ["script-src 'self' 'unsafe-inline' 'nonce-abc'", []],
  ["script-src 'unsafe-eval' 'sha256-abc'", ["'unsafe-eval'"]],
  ["default-src *; img-src 'self'", ['*']],
  ['SCRIPT-SRC HTTPS:', ['https:']],
  ["script-src 'self'; script-src *", []],
  ["frame-ancestors 'self'", undefined],
  ['', undefined],
])('open sources of %s', (header, wanted) => {
  expect(openScriptSources(parseContentSecurityPolicy(header))).toEqual(wanted);
});

test.each([
  ["frame-ancestors 'none'", true],
  ["frame-ancestors 'self' https://a.example", true],
  ['frame-ancestors https:', false],
  ['frame-ancestors *', false],
  ["default-src 'none'", false],
])('%s keeps others from framing: %s', (header, wanted) => {
  expect(restrictsFraming(parseContentSecurityPolicy(header))).toBe(wanted);
});
