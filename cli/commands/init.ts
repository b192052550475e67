import { existsSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { UsageError } from '../../core/model/usage-error.ts';
import { parseTargetFile } from '../../schemas/suite/target-file.ts';
import { askTarget } from '../init/ask-target.ts';
import { languageOf } from '../language.ts';
import { parseOptions } from '../options.ts';

export const summary = { en: 'make a target file step by step', de: 'erstellt Schritt für Schritt eine Zieldatei' };

export const help = {
  en: `npx pruefstand init [file] [--force]

Asks for everything a remote deployment needs to be tested, one question at a time, and writes a target file (default target.json).
Nothing is sent. Passwords and tokens are best kept outside the file: answer with env:NAME or file:path.

Example
  npx pruefstand init staging.json`,
  de: `npx pruefstand init [Datei] [--force]

Fragt der Reihe nach alles, was zum Prüfen einer entfernten Installation nötig ist, und schreibt eine Zieldatei (Vorgabe target.json).
Es wird nichts gesendet. Kennwörter und Token stehen besser nicht in der Datei: mit env:NAME oder file:Pfad antworten.

Beispiel
  npx pruefstand init abnahme.json`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, { force: { type: 'boolean' } });
  const path = positionals[0] ?? 'target.json';
  if (existsSync(path) && !values['force']) {
    throw new UsageError({
      en: `${path} exists already: choose another name or add --force`,
      de: `${path} gibt es schon: anderen Namen wählen oder --force angeben`,
    });
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const text = `${JSON.stringify(await askTarget(lines, languageOf(process.env)), null, 2)}\n`;
    parseTargetFile(text, path);
    writeFileSync(path, text, { mode: 0o600 });
  } finally {
    lines.close();
  }
  console.log(path);
  return 0;
}
