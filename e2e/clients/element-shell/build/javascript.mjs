import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { distFolder, sdkFolder, shellFolder, sourceFolder } from './paths.mjs';
import { sdkModules } from './sdk-modules.mjs';
import { svgComponents } from './svg-components.mjs';
import { browserTargets } from './targets.mjs';

const sdkVersion = JSON.parse(readFileSync(join(sdkFolder, 'package.json'), 'utf8')).version;

const common = {
  absWorkingDir: shellFolder,
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'error',
  target: browserTargets,
  mainFields: ['browser', 'module', 'main'],
  outdir: distFolder,
  assetNames: 'assets/[name]-[hash]',
  define: {
    global: 'globalThis',
    'process.env.NODE_ENV': '"production"',
    'process.env.VERSION': JSON.stringify(sdkVersion),
    'process.env': '{}',
  },
  inject: [join(sourceFolder, 'globals.ts')],
  loader: { '.png': 'file', '.woff2': 'file' },
  tsconfigRaw: { compilerOptions: { jsx: 'react', useDefineForClassFields: true } },
  plugins: [sdkModules(), svgComponents()],
};

/** File names are a contract: the SDK's worker factories are pointed at them. */
const workers = {
  'indexeddb.worker': join(sdkFolder, 'src/workers/indexeddb.worker.ts'),
  'playback.worker': join(sdkFolder, 'src/workers/playback.worker.ts'),
  'blurhash.worker': join(sdkFolder, 'src/workers/blurhash.worker.ts'),
  'recorder.worklet': join(sdkFolder, 'src/audio/RecorderWorklet.ts'),
  'service-worker': join(sourceFolder, 'service-worker.ts'),
};

function buildApplication() {
  return build({
    ...common,
    entryPoints: { main: join(sourceFolder, 'main.ts'), shell: join(sourceFolder, 'shell.css') },
    format: 'esm',
    splitting: true,
    // All chunks lie beside index.html: the file loader gives URLs relative to the chunk, the page reads them relative to itself.
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
  });
}

function buildWorkers() {
  return build({ ...common, entryPoints: workers, format: 'iife', entryNames: '[name]' });
}

function fileNameOf(metafile, entryPoint) {
  const found = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === entryPoint);
  if (found === undefined) throw new Error(`element-shell: no output for ${entryPoint}`);
  return basename(found[0]);
}

/** Returns the hashed names that index.html has to load. */
export async function buildJavaScript() {
  const [{ metafile }] = await Promise.all([buildApplication(), buildWorkers()]);
  return { script: fileNameOf(metafile, 'src/main.ts'), shellStyles: fileNameOf(metafile, 'src/shell.css') };
}
