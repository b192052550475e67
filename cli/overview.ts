import { type Language, textIn } from '../core/model/text.ts';
import type { Command } from './command.ts';

const frame = {
  en: {
    head: 'Usage: npx pruefstand <command> [options]',
    foot: 'Every command explains itself with --help; --json prints one JSON document; --lang de|en chooses the language.',
  },
  de: {
    head: 'Aufruf: npx pruefstand <Befehl> [Optionen]',
    foot: 'Jeder Befehl erklärt sich mit --help; --json gibt ein JSON-Dokument aus; --lang de|en wählt die Sprache.',
  },
};

/** The list of commands, made from the files that are there. */
export async function overview(
  names: readonly string[],
  spokenName: (name: string) => string,
  load: (name: string) => Promise<Command>,
  language: Language,
): Promise<string> {
  const lines = await Promise.all(
    names.map(async (name) => `  ${spokenName(name).padEnd(16)} ${textIn(language, (await load(name)).summary)}`),
  );
  return [frame[language].head, '', ...lines, '', frame[language].foot].join('\n');
}
