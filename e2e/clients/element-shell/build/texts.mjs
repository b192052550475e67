import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distFolder, requireInstalled, sdkFolder, sourceFolder } from './paths.mjs';

const pluralForms = new Set(['zero', 'one', 'other']);

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const isText = (value) => typeof value === 'string' || Object.keys(value).every((key) => pluralForms.has(key));

function keysOf(texts, prefix = '') {
  return Object.entries(texts).flatMap(([key, value]) =>
    isText(value) ? [prefix + key] : keysOf(value, `${prefix}${key}|`),
  );
}

function insert(texts, path, value) {
  const [first, ...rest] = path.split('|');
  if (rest.length === 0) {
    texts[first] = value;
  } else {
    texts[first] ??= {};
    insert(texts[first], rest.join('|'), value);
  }
}

function addTexts(texts, additions) {
  for (const [path, value] of Object.entries(additions)) insert(texts, path, value);
}

function ownTexts(language) {
  const texts = readJson(join(sourceFolder, 'texts/own.json'));
  return Object.fromEntries(Object.entries(texts).map(([path, translations]) => [path, translations[language]]));
}

function requireGerman(english, german) {
  const translated = new Set(keysOf(german));
  const missing = keysOf(english).filter((key) => !translated.has(key));
  if (missing.length === 0) return;
  throw new Error(`element-shell: add German for ${missing.join(', ')} to src/texts/missing-de.json`);
}

/** The SDK's German strings lag behind its English ones; src/texts/missing-de.json holds what they lack. */
export function writeTexts() {
  requireInstalled();
  const strings = join(sdkFolder, 'src/i18n/strings');
  const english = readJson(join(strings, 'en_EN.json'));
  addTexts(english, ownTexts('en'));
  const german = readJson(join(strings, 'de_DE.json'));
  addTexts(german, { ...readJson(join(sourceFolder, 'texts/missing-de.json')), ...ownTexts('de') });
  requireGerman(english, german);

  const folder = join(distFolder, 'i18n');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'en_EN.json'), JSON.stringify(english));
  writeFileSync(join(folder, 'de_DE.json'), JSON.stringify(german));
  writeFileSync(join(folder, 'languages.json'), JSON.stringify({ de: 'de_DE.json', en: 'en_EN.json' }));
}
