import { expect, test } from 'vitest';
import { choiceOption, integerOption, parseOptions } from './options.ts';

const known = { stage: { type: 'string' }, check: { type: 'boolean' } } as const;

test.each([
  [['--stage', 'pilot'], { stage: 'pilot' }],
  [['--stage=pilot', '--json'], { stage: 'pilot', json: true }],
  [['--check'], { check: true }],
])('%j is understood', (args, values) => {
  expect({ ...parseOptions(args, known).values }).toEqual(values);
});

test('words without dashes are positionals where a command takes them', () => {
  expect(parseOptions(['runs/x', '--check'], known, 1).positionals).toEqual(['runs/x']);
});

test('a word more than a command takes is wrong use', () => {
  expect(() => parseOptions(['foo'], known)).toThrow('unexpected word foo; --help shows what this command takes');
  expect(() => parseOptions(['runs/x', 'foo'], known, 1)).toThrow('unexpected word foo');
  expect(() => parseOptions(['--check', 'foo'], known)).toThrow('unexpected word foo');
});

test('a file without --target before it is answered with --target, where the command knows that', () => {
  const file = import.meta.filename;
  expect(() => parseOptions([file], { target: { type: 'string' } })).toThrow(`did you mean --target ${file}?`);
  expect(() => parseOptions([file], known)).toThrow(`unexpected word ${file}; --help`);
});

test.each([
  [['--stagge', 'pilot'], 'unknown option --stagge; did you mean --stage?'],
  [['--zzzzzzzz'], 'unknown option --zzzzzzzz; known are --stage --check --json --lang'],
  [['--stage'], '--stage needs a value'],
])('%j is wrong use, said in one line', (args, message) => {
  expect(() => parseOptions(args, known)).toThrow(message);
});

test.each(['', '1.5', 'x', '-1', '11'])('"%s" is no whole number from 0 to 10', (value) => {
  expect(() => integerOption('seed', value === '' ? 'x' : value, { min: 0, max: 10 })).toThrow(
    '--seed must be a whole number from 0 to 10',
  );
});

test('a number and a choice within bounds are taken', () => {
  expect(integerOption('seed', '10', { min: 0, max: 10 })).toBe(10);
  expect(choiceOption('depth', 'full', ['standard', 'full'])).toBe('full');
  expect(choiceOption('depth', undefined, ['standard', 'full'])).toBeUndefined();
});

test('another choice names what is allowed', () => {
  expect(() => choiceOption('depth', 'deep', ['standard', 'full'])).toThrow(
    '--depth must be one of standard, full, got deep',
  );
});
