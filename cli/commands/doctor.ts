import { textIn } from '../../core/model/text.ts';
import { type InspectedPart, inspect, isReadyToStart } from '../../setup/doctor.ts';
import { languageOf } from '../language.ts';
import { parseOptions } from '../options.ts';

export const summary = {
  en: 'what is installed, which version, and what each missing part costs',
  de: 'was installiert ist, in welcher Version, und was jedes fehlende Teil kostet',
};

export const help = {
  en: `npx pruefstand doctor [--json] [--lang de|en]

Looks at this machine and changes nothing. Exit code: 0 all that npm start needs is there, 3 something is missing.

  npx pruefstand doctor          a table, and for each missing part what is lost and the command that brings it
  npx pruefstand doctor --json   the same as one JSON document`,
  de: `npx pruefstand doctor [--json] [--lang de|en]

Sieht sich diese Maschine an und ändert nichts. Rückgabewert: 0 alles da, was npm start braucht, 3 etwas fehlt.

  npx pruefstand doctor          eine Tabelle, dazu je fehlendem Teil, was entfällt und welcher Befehl abhilft
  npx pruefstand doctor --json   dasselbe als ein JSON-Dokument`,
};

const words = {
  en: {
    head: ['part', 'found', 'wanted', ''],
    there: 'ok',
    missing: 'missing',
    costs: 'costs',
    remedy: 'get it by',
    whole: 'All is there.',
  },
  de: {
    head: ['Teil', 'gefunden', 'gewünscht', ''],
    there: 'da',
    missing: 'fehlt',
    costs: 'kostet',
    remedy: 'abhelfen kann',
    whole: 'Alles ist da.',
  },
};

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, {});
  const language = languageOf(process.env);
  const { parts } = await inspect();
  if (values['json']) console.log(JSON.stringify({ parts: parts.map((part) => asJson(part, language)) }, null, 2));
  else console.log([...table(parts, language), '', ...shortages(parts, language)].join('\n'));
  return isReadyToStart(parts) ? 0 : 3;
}

function asJson({ costs, remedy, found, ...part }: InspectedPart, language: 'de' | 'en') {
  return {
    ...part,
    found: found ?? null,
    costs: costs.map((text) => textIn(language, text)),
    remedy: remedy === undefined ? null : textIn(language, remedy),
  };
}

function table(parts: readonly InspectedPart[], language: 'de' | 'en'): readonly string[] {
  const { head, there, missing } = words[language];
  const rows = parts.map(({ name, found, wanted, ok }) => [name, found ?? '–', wanted, ok ? there : missing]);
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function shortages(parts: readonly InspectedPart[], language: 'de' | 'en'): readonly string[] {
  const { missing, costs, remedy, whole } = words[language];
  const lacking = parts.filter(({ ok }) => !ok);
  if (lacking.length === 0) return [whole];
  return lacking.flatMap((part) => [
    `${part.name} ${missing}`,
    ...part.costs.map((text) => `  ${costs}: ${textIn(language, text)}`),
    ...(part.remedy === undefined ? [] : [`  ${remedy}: ${textIn(language, part.remedy)}`]),
  ]);
}
