import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { KeptContent } from '../core/model/bench.ts';
import { filesBelow, logsIn } from './kept-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'pruefstand-kept-'));
mkdirSync(join(folder, 'media', 'local_content', 'ab'), { recursive: true });
writeFileSync(join(folder, 'media', 'local_content', 'ab', 'cd'), Buffer.from([1, 2, 255]));
writeFileSync(join(folder, 'synapse.log'), 'one\n\ntwo\n');
writeFileSync(join(folder, 'homeserver.yaml'), 'no log');

async function piecesOf(kept: KeptContent) {
  const pieces: unknown[] = [];
  const count = await kept.visit((where, piece) => pieces.push([where, piece]));
  return { count, pieces };
}

test('files are shown whole, by their path', async () => {
  const { count, pieces } = await piecesOf(filesBelow(join(folder, 'media')));
  expect({ count, pieces }).toEqual({ count: 1, pieces: [['local_content/ab/cd', Buffer.from([1, 2, 255])]] });
});

test('logs are shown line by line, other files not', async () => {
  const { count, pieces } = await piecesOf(logsIn(folder));
  expect({ count, pieces }).toEqual({
    count: 2,
    pieces: [
      ['synapse.log', 'one'],
      ['synapse.log', 'two'],
    ],
  });
});

test('a folder that was never made holds nothing', async () => {
  expect(await piecesOf(filesBelow(join(folder, 'nowhere')))).toEqual({ count: 0, pieces: [] });
});
