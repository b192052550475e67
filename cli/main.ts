import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RigError } from '../core/model/rig-error.ts';
import { type Language, textIn } from '../core/model/text.ts';
import { UsageError } from '../core/model/usage-error.ts';
import type { Command } from './command.ts';
import { languageOf } from './language.ts';
import { nearest } from './nearest.ts';
import { overview } from './overview.ts';

const folder = join(import.meta.dirname, 'commands');

async function main(args: readonly string[]): Promise<number> {
  const { name, rest } = commandFrom(args);
  const language = languageOf(process.env);
  if (name === undefined || name === 'help' || name === '--help') {
    console.log(await overview(commandNames(), loadCommand, language));
    return name === undefined ? 2 : 0;
  }
  const command = await loadCommand(name);
  if (rest.includes('--help')) {
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

async function loadCommand(name: string): Promise<Command> {
  const names = commandNames();
  if (!names.includes(name)) {
    const near = nearest(name, names)?.replace('-', ' ');
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

/** `--lang de` works with every command, before anything is said. */
function chooseLanguage(args: readonly string[]): void {
  const index = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  if (index < 0) return;
  const value = args[index]?.split('=')[1] ?? args[index + 1];
  if (value !== 'de' && value !== 'en') throw new UsageError('--lang must be de or en');
  process.env['PRUEFSTAND_LANG'] = value;
}

try {
  const args = process.argv.slice(2);
  chooseLanguage(args);
  process.exitCode = await main(args);
} catch (thrown) {
  process.exitCode = explain(thrown, languageOf(process.env));
}
