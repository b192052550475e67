import { existsSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { textIn } from '../../core/model/text.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import { parseTargetFile } from '../../schemas/suite/target-file.ts';
import { askTarget } from '../init/ask-target.ts';
import { openLines } from '../init/lines.ts';
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
  const { values, positionals } = parseOptions(args, { force: { type: 'boolean' } }, 1);
  const path = positionals[0] ?? 'target.json';
  if (existsSync(path) && !values['force']) {
    throw new UsageError({
      en: `${path} exists already: choose another name or add --force`,
      de: `${path} gibt es schon: anderen Namen wählen oder --force angeben`,
    });
  }
  refuseMissingFolder(path);
  const language = languageOf(process.env);
  using lines = openLines(process.stdin, process.stderr);
  const text = `${JSON.stringify(await askTarget(lines, language), null, 2)}\n`;
  parseTargetFile(text, path);
  writeFileSync(path, text, { mode: 0o600 });
  lines.tell(textIn(language, written(path)));
  console.log(path);
  return 0;
}

/** Before the first question, so that no answers are lost. */
function refuseMissingFolder(path: string): void {
  const folder = dirname(resolve(path));
  if (existsSync(folder)) return;
  throw new UsageError({
    en: `the folder ${folder} does not exist: make it first or choose another place for the target file`,
    de: `Den Ordner ${folder} gibt es nicht: zuerst anlegen oder die Zieldatei woanders hinlegen`,
  });
}

const written = (path: string) => ({
  en: `The target file is written. Test the deployment with: npx pruefstand run --target ${path}`,
  de: `Die Zieldatei ist geschrieben. Die Installation prüfen mit: npx pruefstand run --target ${path}`,
});
