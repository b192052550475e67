import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { once } from '../once.ts';

export interface PageFile {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** By path. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** Where the library looks for its cryptography, beside the program. */
export const cryptographyPath = '/pkg/matrix_sdk_crypto_wasm_bg.wasm';

/** The page that is the device: made once, however many devices there are. */
export const pageFiles = once(async (): Promise<PageFiles> => {
  const [program, cryptography] = await Promise.all([bundledProgram(), readFile(cryptographyFile())]);
  return new Map([
    ['/', { contentType: 'text/html; charset=utf-8', bytes: new TextEncoder().encode(html) }],
    ['/main.js', { contentType: 'text/javascript; charset=utf-8', bytes: program }],
    [cryptographyPath, { contentType: 'application/wasm', bytes: cryptography }],
  ]);
});

const html =
  '<!doctype html><html lang="de"><meta charset="utf-8"><title>Prüfgerät</title><script type="module" src="/main.js"></script></html>';

const here = (path: string) => join(import.meta.dirname, 'in-page', path);

async function bundledProgram(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [here('main.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
    define: { global: 'globalThis' },
    alias: {
      'node:async_hooks': here('substitutes/async-hooks.ts'),
      'fake-indexeddb/auto': here('substitutes/nothing.ts'),
    },
  });
  const [program] = outputFiles;
  if (program === undefined) throw new Error('esbuild wrote nothing');
  return program.contents;
}

const cryptographyFile = () => {
  const module = fileURLToPath(import.meta.resolve('@matrix-org/matrix-sdk-crypto-wasm'));
  return join(module, '..', cryptographyPath);
};
