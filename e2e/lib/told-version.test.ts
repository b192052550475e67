import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { isAtLeast } from './crypto-modules.ts';
import { toldVersion } from './told-version.ts';

const library = createRequire(createRequire(import.meta.url).resolve('matrix-js-sdk'));
const compiled = library
  .resolve('@matrix-org/matrix-sdk-crypto-wasm')
  .replace(/node\.(cjs|mjs)$/, 'pkg/matrix_sdk_crypto_wasm_bg.wasm');

it('hears the version from the real library', () => {
  const version = toldVersion(Uint8Array.from(readFileSync(compiled)));
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(isAtLeast(version ?? '', '0.10.0')).toBe(true);
});

it('hears nothing from other bytes', () => {
  expect(toldVersion(new Uint8Array(20))).toBeUndefined();
});
