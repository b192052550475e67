import { expect, test } from 'vitest';
import { readEncryptionTable } from './data.ts';
import { coversOfPairs, type Program } from './pairs.ts';

const shown = { checks: ['encryption.clients.node-element'] };

test('a pair is built by checks that exist, left out with a reason, else forgotten', () => {
  const pair = {
    pair: ['node', 'element'],
    messages: shown,
    verification: { reason: 'Ein Grund.' },
    history: { checks: ['encryption.clients.node-elment'] },
  } as const;
  expect(coversOfPairs([pair], new Set(shown.checks))).toMatchObject([
    { name: 'node–element, messages', state: 'built', checks: shown.checks },
    { name: 'node–element, verification', state: 'leftOut', reason: 'Ein Grund.' },
    { name: 'node–element, history', state: 'unexplained' },
  ]);
});

test('the table tells of all ten pairs of four programs', async () => {
  const programs: readonly Program[] = ['node', 'browser', 'element', 'hydrogen'];
  const all = programs.flatMap((left, index) => programs.slice(index).map((right) => `${left}–${right}`));
  const { pairs } = await readEncryptionTable();
  expect(pairs.map(({ pair }) => pair.join('–'))).toEqual(all);
});
