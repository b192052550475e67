import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../setup/places.ts';
import { configurationPage } from '../configuration-page.ts';
import { parseOptions } from '../options.ts';

export const summary = {
  en: 'write or check the generated documentation',
  de: 'schreibt oder prüft die erzeugte Dokumentation',
};

export const help = {
  en: `npx pruefstand docs [--check]

Writes docs/configuration.md from the schema of the configuration file; with --check it only tells whether it is fresh (exit code 1 when not).`,
  de: `npx pruefstand docs [--check]

Schreibt docs/configuration.md aus dem Schema der Konfiguration; mit --check wird nur gesagt, ob sie aktuell ist (sonst Rückgabewert 1).`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, { check: { type: 'boolean' } });
  const path = join(repositoryRoot, 'docs', 'configuration.md');
  const page = configurationPage();
  if (!values['check']) {
    writeFileSync(path, page);
    return 0;
  }
  if (existsSync(path) && readFileSync(path, 'utf8') === page) return 0;
  console.error('docs/configuration.md is not fresh: run npx pruefstand docs');
  return 1;
}
