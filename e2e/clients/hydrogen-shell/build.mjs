import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const shell = import.meta.dirname;
const dist = join(shell, 'dist');
const sdk = join(shell, 'node_modules', 'hydrogen-view-sdk');
const olm = join(shell, 'node_modules', '@matrix-org', 'olm');

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'olm'), { recursive: true });
cpSync(join(sdk, 'asset-build', 'assets'), join(dist, 'assets'), { recursive: true });
for (const file of ['olm.js', 'olm.wasm', 'olm_legacy.js']) cpSync(join(olm, file), join(dist, 'olm', file));
cpSync(join(shell, 'src', 'index.html'), join(dist, 'index.html'));
await build({
  absWorkingDir: shell,
  entryPoints: [join(shell, 'src', 'main.mjs')],
  outfile: join(dist, 'main.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  // Its cryptography is loaded as a script of its own; the parts it has for Node are never reached.
  external: ['crypto', 'path', 'fs'],
  legalComments: 'none',
  logLevel: 'error',
});
