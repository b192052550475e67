import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { openLines } from './lines.ts';

function linesAt(input: PassThrough & { isTTY?: boolean }) {
  const output = new PassThrough();
  const lines = openLines(input, output);
  onTestFinished(() => lines[Symbol.dispose]());
  return { lines, said: () => String(output.read() ?? '') };
}

const terminal = () => Object.assign(new PassThrough(), { isTTY: true });

test('lines that arrive all at once answer one question after the other', async () => {
  const input = new PassThrough();
  const { lines } = linesAt(input);
  input.end('first\r\nsecond\nlast without end');
  expect(await lines.ask('a: ')).toBe('first');
  expect(await lines.ask('b: ')).toBe('second');
  expect(await lines.ask('c: ')).toBe('last without end');
  expect(await lines.ask('d: ')).toBeUndefined();
  expect(await lines.ask('e: ')).toBeUndefined();
});

test.each([
  ['Ctrl-C', '\x03'],
  ['Ctrl-D', '\x04'],
])('%s at a terminal ends the input', async (_name, key) => {
  const input = terminal();
  const { lines } = linesAt(input);
  const answer = lines.ask('a: ');
  input.write(key);
  expect(await answer).toBeUndefined();
});

test('a secret typed at a terminal is not shown, what is typed before and after it is', async () => {
  const input = terminal();
  const { lines, said } = linesAt(input);
  const type = (prompt: string, text: string, secret: boolean) => {
    const answer = lines.ask(prompt, { secret });
    for (const key of `${text}\r`) input.write(key);
    return answer;
  };
  expect(await type('name: ', 'alice', false)).toBe('alice');
  expect(await type('password: ', 'geheim', true)).toBe('geheim');
  expect(await type('device: ', '\x1b[ADEV', false)).toBe('DEV');
  const shown = said();
  expect(shown).toContain('alice');
  expect(shown).toContain('password: ');
  expect(shown).toContain('DEV');
  expect(shown).not.toMatch(/geheim|g.?e.?h.?e.?i/);
});
