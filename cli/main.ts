import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RigError } from '../core/model/rig-error.ts';
import { type Language, textIn } from '../core/model/text.ts';
import { UsageError } from '../core/model/usage-error.ts';
import type { Command } from './command.ts';
import { languageOf } from './language.ts';
import { nearest } from './nearest.ts';
import { overview } from './overview.ts';
import { suiteVersion } from './run/version.ts';

const folder = join(import.meta.dirname, 'commands');

async function main(args: readonly string[]): Promise<number> {
  const asksForHelp = args.includes('--help') || args[0] === 'help';
  const { name, rest } = commandFrom(
    args.filter((word, index) => word !== '--help' && !(index === 0 && word === 'help')),
  );
  const language = languageOf(process.env);
  if (name === '--version') {
    console.log(suiteVersion());
    return 0;
  }
  if (name === undefined) {
    console.log(await overview(commandNames(), spokenName, loadCommand, language));
    return asksForHelp ? 0 : 2;
  }
  const command = await loadCommand(name);
  if (asksForHelp) {
    console.log(textIn(language, command.help));
    return 0;
  }
  return command.run(rest);
}

/** Two words name a command where one file does: `images build` is commands/images-build.ts. */
function commandFrom(args: readonly string[]): { name: string | undefined; rest: readonly string[] } {
  const names = commandNames();
  const [first, second, ...rest] = args;
  const both = `${first}-${second}`;
  if (second !== undefined && names.includes(both)) return { name: both, rest };
  return { name: first, rest: args.slice(1) };
}

function commandNames(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
}

/** `load-run` is spoken `load run`, as every command of a group; `self-test` is one word. */
function spokenName(name: string): string {
  return groups.some((group) => name.startsWith(`${group}-`)) ? name.replace('-', ' ') : name;
}

const groups = ['load', 'images'];

async function loadCommand(name: string): Promise<Command> {
  const names = commandNames();
  if (groups.includes(name)) {
    const members = names.filter((known) => known.startsWith(`${name}-`)).map(spokenName);
    throw new UsageError({
      en: `${name} needs a second word: ${members.join(', ')}`,
      de: `${name} braucht ein zweites Wort: ${members.join(', ')}`,
    });
  }
  if (!names.includes(name)) {
    const near = spokenName(nearest(name, names) ?? '');
    throw new UsageError({
      en: `unknown command ${name}${near ? `; did you mean ${near}?` : ''} (pruefstand help lists all)`,
      de: `Unbekannter Befehl ${name}${near ? `; gemeint ist vielleicht ${near}?` : ''} (pruefstand help nennt alle)`,
    });
  }
  return (await import(`./commands/${name}.ts`)) as Command;
}

/** One clear line first; a defect of ours also shows where. */
function explain(thrown: unknown, language: Language): number {
  if (thrown instanceof UsageError) {
    console.error(textIn(language, thrown.text));
    return 2;
  }
  if (thrown instanceof RigError) {
    console.error(textIn(language, thrown.text));
    return 3;
  }
  console.error(thrown instanceof Error ? thrown.stack : String(thrown));
  return 3;
}

/** `--lang de` works with every command and without one, before anything is said. Returns the other words. */
function chooseLanguage(args: readonly string[]): readonly string[] {
  const words = args.flatMap((arg) => (arg.startsWith('--lang=') ? ['--lang', arg.slice('--lang='.length)] : [arg]));
  const index = words.indexOf('--lang');
  if (index >= 0) {
    setLanguage('--lang', words[index + 1]);
    return words.toSpliced(index, 2);
  }
  const { PRUEFSTAND_LANG: preset } = process.env;
  if (preset !== undefined) setLanguage('PRUEFSTAND_LANG', preset);
  return words;
}

function setLanguage(name: string, value: string | undefined): void {
  if (value !== 'de' && value !== 'en') throw new UsageError(`${name} must be de or en, got ${value || 'nothing'}`);
  process.env['PRUEFSTAND_LANG'] = value;
}

try {
  process.exitCode = await main(chooseLanguage(process.argv.slice(2)));
} catch (thrown) {
  process.exitCode = explain(thrown, languageOf(process.env));
}
