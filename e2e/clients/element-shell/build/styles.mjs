import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import postcss from 'postcss';
import easings from 'postcss-easings';
import hexrgba from 'postcss-hexrgba';
import atImport from 'postcss-import';
import mixins from 'postcss-mixins';
import nested from 'postcss-nested';
import scssSyntax from 'postcss-scss';
import simpleVars from 'postcss-simple-vars';
import { distFolder, modulesFolder, sdkFolder, shellFolder } from './paths.mjs';
import { browserTargets } from './targets.mjs';

const themes = ['light', 'dark', 'light-high-contrast'];

// Every engine we serve reads woff2; the woff twin would double the fonts in dist.
const woff2Only = {
  postcssPlugin: 'woff2-only',
  AtRule: {
    'font-face': (rule) =>
      rule.walkDecls('src', (declaration) => {
        const sources = postcss.list.comma(declaration.value);
        declaration.value = sources.filter((source) => !/format\("woff"\)/.test(source)).join(', ');
      }),
  },
};

const processor = postcss([
  atImport({ root: modulesFolder }),
  mixins(),
  simpleVars(),
  nested(),
  easings(),
  hexrgba(),
  woff2Only,
]);

function pcssLoader() {
  return {
    name: 'pcss',
    setup(setup) {
      setup.onLoad({ filter: /\.pcss$/ }, async ({ path }) => {
        const { css } = await processor.process(readFileSync(path, 'utf8'), { from: path, parser: scssSyntax });
        return { contents: css, loader: 'css', resolveDir: dirname(path) };
      });
    },
  };
}

/** Returns one `{ name, file }` per theme; the file names carry the hash of the content. */
export async function buildStyles() {
  const { metafile } = await build({
    absWorkingDir: shellFolder,
    entryPoints: themes.map((name) => ({ in: join(sdkFolder, `res/themes/${name}/css/${name}.pcss`), out: name })),
    bundle: true,
    minify: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'error',
    target: browserTargets,
    outdir: distFolder,
    entryNames: 'theme-[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    loader: { '.svg': 'file', '.png': 'file', '.gif': 'file', '.jpg': 'file', '.woff2': 'file' },
    plugins: [pcssLoader()],
  });
  const outputs = Object.entries(metafile.outputs).filter(([, output]) => output.entryPoint !== undefined);
  return outputs.map(([file, output]) => ({ name: basename(output.entryPoint, '.pcss'), file: basename(file) }));
}
