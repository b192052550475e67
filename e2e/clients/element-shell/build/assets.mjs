import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distFolder, modulesFolder, sdkFolder, sourceFolder } from './paths.mjs';

function copyMatching({ from, to, pattern }) {
  for (const file of readdirSync(from).filter((name) => pattern.test(name))) cpSync(join(from, file), join(to, file));
}

/** Files that are fetched by name at run time, so no bundler can see them. */
export function copyAssets() {
  copyMatching({ from: join(sdkFolder, 'res/media'), to: join(distFolder, 'media'), pattern: /\.mp3$/ });
  copyMatching({
    from: join(modulesFolder, 'opus-recorder/dist'),
    to: join(distFolder, 'opus'),
    pattern: /Worker\.min\.(js|wasm)$/,
  });
  cpSync(join(sourceFolder, 'static'), distFolder, { recursive: true });
}

export function writeIndexPage({ script, shellStyles, themes }) {
  const links = themes.map(
    ({ name, file }) =>
      `<link rel="stylesheet" href="${file}" data-mx-theme="${name}"${name === 'light' ? '' : ' disabled'}>`,
  );
  const head = [...links, `<link rel="stylesheet" href="${shellStyles}">`].join('\n    ');
  const template = readFileSync(join(sourceFolder, 'index.html'), 'utf8');
  writeFileSync(join(distFolder, 'index.html'), template.replace('<!-- styles -->', head).replace('SCRIPT', script));
}
