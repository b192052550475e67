import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { sourceFolder } from './paths.mjs';

/** What webpack gives Element and esbuild does not: tiny modules written out here, by import path. */
const writtenOut = {
  '$webapp/i18n/languages.json': 'export default "i18n/languages.json";',
  util: 'exports.isArray = Array.isArray;',
  'opus-recorder/dist/encoderWorker.min.js': 'export default "opus/encoderWorker.min.js";',
  'opus-recorder/dist/decoderWorker.min.js': 'export default "opus/decoderWorker.min.js";',
  'opus-recorder/dist/decoderWorker.min.wasm': 'export default "opus/decoderWorker.min.wasm";',
  'opus-recorder/dist/waveWorker.min.js': 'export default "opus/waveWorker.min.js";',
};

const rawPrefix = '!!raw-loader!';

function writeOutModules(build) {
  build.onResolve({ filter: /^(\$webapp\/|util$|opus-recorder\/dist\/)/ }, ({ path }) =>
    Object.hasOwn(writtenOut, path) ? { path, namespace: 'written-out' } : undefined,
  );
  build.onLoad({ filter: /.*/, namespace: 'written-out' }, ({ path }) => ({
    contents: writtenOut[path],
    loader: 'js',
  }));
}

function loadRawText(build) {
  build.onResolve({ filter: /^!!raw-loader!/ }, ({ path, importer }) => {
    const file = resolve(dirname(importer), path.slice(rawPrefix.length));
    return { path: /\.\w+$/.test(file) ? file : `${file}.js`, namespace: 'raw-text' };
  });
  build.onLoad({ filter: /.*/, namespace: 'raw-text' }, ({ path }) => ({
    contents: readFileSync(path, 'utf8'),
    loader: 'text',
  }));
}

function pointAtWorkers(build) {
  build.onLoad({ filter: /workers[\\/]\w+WorkerFactory\.ts$/ }, ({ path }) => ({
    contents: readFileSync(path, 'utf8').replace(
      /new URL\("\.\/([\w.]+)\.ts", import\.meta\.url\)/,
      'new URL("$1.js", document.baseURI)',
    ),
    loader: 'ts',
  }));
  build.onResolve({ filter: /^\.\/RecorderWorklet$/ }, ({ kind }) =>
    kind === 'import-statement' ? { path: 'recorder.worklet.js', namespace: 'worklet-url' } : undefined,
  );
  build.onLoad({ filter: /.*/, namespace: 'worklet-url' }, ({ path }) => ({
    contents: `export default ${JSON.stringify(path)};`,
    loader: 'js',
  }));
}

// Element replaces SDK components by its own at build time; we do so for the one that shows the logo.
function replaceComponents(build) {
  build.onResolve({ filter: /\/AuthHeaderLogo$/ }, () => ({ path: join(sourceFolder, 'auth-header-logo.ts') }));
}

export function sdkModules() {
  return {
    name: 'sdk-modules',
    setup(build) {
      writeOutModules(build);
      loadRawText(build);
      pointAtWorkers(build);
      replaceComponents(build);
    },
  };
}
