import { expect, test } from 'vitest';
import { packagesMatch } from './node-modules.mjs';

const root = { '': { version: '1.0.0' } };
const ajv = { version: '8.20.0', integrity: 'sha512-a' };

test.each([
  ['the same package', { 'node_modules/ajv': ajv }, { 'node_modules/ajv': ajv }, true],
  ['another version', { 'node_modules/ajv': ajv }, { 'node_modules/ajv': { ...ajv, version: '8.0.0' } }, false],
  ['another content', { 'node_modules/ajv': ajv }, { 'node_modules/ajv': { ...ajv, integrity: 'x' } }, false],
  ['a package missing', { 'node_modules/ajv': ajv }, {}, false],
  [
    'an optional program for another processor missing',
    { x: { optional: true, os: ['linux'], cpu: ['arm64'] } },
    {},
    true,
  ],
  [
    'an optional program for another C library missing',
    { x: { optional: true, os: ['linux'], libc: ['musl'] } },
    {},
    true,
  ],
  ['an optional program for this machine missing', { x: { optional: true, os: ['linux'], cpu: ['x64'] } }, {}, false],
  ['an optional package for any machine missing', { x: { optional: true } }, {}, true],
])('%s', (_, wanted, installed, matches) => {
  expect(packagesMatch({ ...root, ...wanted }, installed, 'x64')).toBe(matches);
});
