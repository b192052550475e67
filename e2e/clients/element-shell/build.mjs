import { rmSync } from 'node:fs';
import { copyAssets, writeIndexPage } from './build/assets.mjs';
import { buildJavaScript } from './build/javascript.mjs';
import { directorySizeMiB, distFolder } from './build/paths.mjs';
import { buildStyles } from './build/styles.mjs';
import { writeTexts } from './build/texts.mjs';

async function timed(step, work) {
  const startedMs = performance.now();
  const result = await work();
  console.log(`element-shell: ${step} ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  return result;
}

rmSync(distFolder, { recursive: true, force: true });
await timed('texts', writeTexts);
await timed('assets', copyAssets);
const code = await timed('javascript', buildJavaScript);
const themes = await timed('styles', buildStyles);
writeIndexPage({ ...code, themes });
console.log(`element-shell: dist ${directorySizeMiB(distFolder).toFixed(1)} MiB`);
