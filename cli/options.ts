import { statSync } from 'node:fs';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from '../core/model/usage-error.ts';
import { nearest } from './nearest.ts';

export interface ParsedOptions {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/**
 * Parses a command's arguments; anything unknown is wrong use, answered with the nearest known option.
 * `words`: how many words without dashes the command takes, such as a run or a scenario.
 */
export function parseOptions(args: readonly string[], options: ParseArgsOptionsConfig, words = 0): ParsedOptions {
  const known = { ...options, json: { type: 'boolean' }, lang: { type: 'string' } } satisfies ParseArgsOptionsConfig;
  const { tokens, positionals, values } = parseArgs({
    args: [...args],
    options: known,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option') checkOption(token, known);
  }
  const stray = positionals[words];
  if (stray !== undefined) throw new UsageError(strayWord(stray, known));
  return { values: values as ParsedOptions['values'], positionals };
}

/** A forgotten `--target` must not turn into a run against something else. */
function strayWord(word: string, known: ParseArgsOptionsConfig) {
  const isFile = statSync(word, { throwIfNoEntry: false })?.isFile() ?? false;
  if (isFile && known['target'] !== undefined) {
    return {
      en: `unexpected word ${word}; did you mean --target ${word}?`,
      de: `Überzähliges Wort ${word}; gemeint ist vielleicht --target ${word}?`,
    };
  }
  return {
    en: `unexpected word ${word}; --help shows what this command takes`,
    de: `Überzähliges Wort ${word}; --help zeigt, was dieser Befehl annimmt`,
  };
}

function checkOption(
  token: { name: string; rawName: string; value: string | undefined },
  known: ParseArgsOptionsConfig,
): void {
  const option = known[token.name];
  if (option === undefined) throw new UsageError(unknownOption(token.rawName, Object.keys(known)));
  if (option.type === 'string' && token.value === undefined) {
    throw new UsageError({ en: `${token.rawName} needs a value`, de: `${token.rawName} braucht einen Wert` });
  }
}

function unknownOption(rawName: string, known: readonly string[]) {
  const near = nearest(rawName.replace(/^-+/, ''), known);
  const list = known.map((name) => `--${name}`).join(' ');
  return {
    en: `unknown option ${rawName}${near ? `; did you mean --${near}?` : `; known are ${list}`}`,
    de: `Unbekannte Option ${rawName}${near ? `; gemeint ist vielleicht --${near}?` : `; bekannt sind ${list}`}`,
  };
}

/** A whole number within bounds, else wrong use. */
export function integerOption(
  name: string,
  value: string | boolean | undefined,
  { min, max }: { min: number; max: number },
): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new UsageError({
    en: `--${name} must be a whole number from ${min} to ${max}, got ${String(value)}`,
    de: `--${name} muss eine ganze Zahl von ${min} bis ${max} sein, nicht ${String(value)}`,
  });
}

/** One of the allowed words, else wrong use. */
export function choiceOption<T extends string>(
  name: string,
  value: string | boolean | undefined,
  allowed: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((choice) => choice === value);
  if (found !== undefined) return found;
  const list = allowed.join(', ');
  throw new UsageError({
    en: `--${name} must be one of ${list}, got ${String(value)}`,
    de: `--${name} muss eines von ${list} sein, nicht ${String(value)}`,
  });
}
