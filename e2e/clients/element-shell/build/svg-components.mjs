import { readFileSync } from 'node:fs';
import { modulesFolder } from './paths.mjs';

const camelCase = (name) => name.replace(/[-:]([a-z])/g, (_, letter) => letter.toUpperCase());

function parseSvg(file) {
  const match = /<svg\b([^>]*)>([\s\S]*)<\/svg>/.exec(readFileSync(file, 'utf8'));
  if (match === null) throw new Error(`element-shell: ${file} is not an SVG file`);
  const attributes = [...match[1].matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [camelCase(name), value]);
  return { attributes: Object.fromEntries(attributes), inner: match[2].trim() };
}

// The SDK expects of every SVG its URL as default export and a decorative React component named Icon.
function componentSource(file) {
  const { attributes, inner } = parseSvg(file);
  const fixed = { ...attributes, role: 'presentation', 'aria-hidden': true };
  return `
    import { createElement } from 'react';
    export { default } from ${JSON.stringify(`${file}?url`)};
    export const Icon = (props) => createElement('svg', {
      ...${JSON.stringify(fixed)},
      ...props,
      dangerouslySetInnerHTML: ${JSON.stringify({ __html: inner })},
    });`;
}

export function svgComponents() {
  return {
    name: 'svg-components',
    setup(build) {
      build.onResolve({ filter: /\.svg\?url$/ }, ({ path }) => ({ path: path.slice(0, -4), namespace: 'svg-url' }));
      build.onLoad({ filter: /.*/, namespace: 'svg-url' }, ({ path }) => ({
        contents: readFileSync(path),
        loader: 'file',
      }));
      build.onLoad({ filter: /\.svg$/, namespace: 'file' }, ({ path }) => ({
        contents: componentSource(path),
        loader: 'js',
        resolveDir: modulesFolder,
      }));
    },
  };
}
