import { expect, test } from 'vitest';
import type { Text } from '../../core/model/text.ts';
import { createProgress } from './progress.ts';

function record(isTTY: boolean) {
  const written: string[] = [];
  let nowMs = 0;
  const progress = createProgress({
    titles: new Map<string, Text>([
      ['k6', 'k6 1.8.1'],
      ['shell', { en: 'Element interface', de: 'Element-Oberfläche' }],
    ]),
    language: 'de',
    output: { isTTY, columns: 40, write: (text) => void written.push(text) },
    now: () => nowMs,
  });
  return { progress, written, pass: (ms: number) => (nowMs += ms) };
}

test('without a terminal every change is one plain line', () => {
  const { progress, written, pass } = record(false);
  progress.begin('k6');
  pass(95_000);
  progress.done('k6');
  progress.begin('shell');
  progress.failed('shell');
  progress[Symbol.dispose]();
  expect(written).toEqual([
    '· k6 1.8.1 (0 s)\n',
    '✔ k6 1.8.1 (95 s)\n',
    '· Element-Oberfläche (0 s)\n',
    '✘ Element-Oberfläche (0 s)\n',
  ]);
});

test('on a terminal all steps are redrawn in place and no line is wider than it', () => {
  const { progress, written } = record(true);
  progress.begin('k6');
  progress.say('k6', 'wird mit Go gebaut, das dauert ungefähr zwei Minuten');
  progress[Symbol.dispose]();
  expect(written.slice(1).every((text) => text.startsWith('\u001B[2A'))).toBe(true);
  const lines = written.at(-1)?.split('\n').slice(0, 2) ?? [];
  expect(lines[0]).toContain('· k6 1.8.1 (0 s) – wird mit Go');
  expect(lines.every((line) => line.replaceAll('\u001B[2A', '').replaceAll('\u001B[2K', '').length < 40)).toBe(true);
});
