import { expect, it } from 'vitest';
import { collectClientFiles } from './client-files.ts';

const served: Readonly<Record<string, string>> = {
  '': '<script src="js/main.js"></script><script src="https://elsewhere.example/other.js"></script>',
  'js/main.js': 'import "./chunk.js"; const gone = "./gone.js";',
  'js/chunk.js': 'load("../crypto.wasm?v=1"); import "./main.js";',
  'crypto.wasm': '"not-followed.js"',
};

it('follows names from the page on, each file once and no other hosts', async () => {
  const asked: string[] = [];
  const files = await collectClientFiles(async (path) => {
    asked.push(path);
    const text = served[path];
    return {
      status: text === undefined ? 404 : 200,
      headers: {},
      bytes: new TextEncoder().encode(text ?? ''),
      text: () => text ?? '',
    };
  });
  expect(files.map(({ path }) => path)).toEqual(['', 'js/main.js', 'js/chunk.js', 'crypto.wasm']);
  expect(asked).toEqual(['', 'js/main.js', 'js/chunk.js', 'js/gone.js', 'crypto.wasm']);
});
