import type { Language } from '../core/model/text.ts';

/** How problems are told to whoever reads them: errors at the terminal in English, findings of a report in German. */
export interface ProblemWords {
  readonly wholeDocument: string;
  problem(place: string, expected: string, got: string): string;
  more(count: number): string;
  oneOfShapes(count: number): string;
  exactlyOneOf(count: number): string;
  readonly severalMatch: string;
  nearest(lines: string): string;
  readonly requiredKey: string;
  requiredBeside(key: string): string;
  readonly noSuchKey: string;
  readonly otherKeyName: string;
  oneOf(values: string): string;
  types(names: readonly string[]): string;
  stringOf(length: number): string;
  arrayOf(length: number): string;
  objectOf(keys: number): string;
  readonly nothing: string;
}

const germanTypes: Readonly<Record<string, string>> = {
  string: 'Zeichenkette',
  integer: 'ganze Zahl',
  number: 'Zahl',
  boolean: 'Wahrheitswert',
  object: 'Objekt',
  array: 'Liste',
};

export const problemWords: Readonly<Record<Language, ProblemWords>> = {
  en: {
    wholeDocument: '(document)',
    problem: (place, expected, got) => `${place}: expected ${expected}, got ${got}`,
    more: (count) => `and ${count} more`,
    oneOfShapes: (count) => `one of ${count} shapes`,
    exactlyOneOf: (count) => `exactly one of ${count} shapes`,
    severalMatch: 'a match with several',
    nearest: (lines) => ` (nearest: ${lines})`,
    requiredKey: 'a value (required key)',
    requiredBeside: (key) => `a value (required beside "${key}")`,
    noSuchKey: 'no such key',
    otherKeyName: 'another key name',
    oneOf: (values) => `one of ${values}`,
    types: (names) => names.join(' or '),
    stringOf: (length) => `string of length ${length}`,
    arrayOf: (length) => `array of length ${length}`,
    objectOf: (keys) => `object with ${keys} keys`,
    nothing: 'nothing',
  },
  de: {
    wholeDocument: '(Dokument)',
    problem: (place, expected, got) => `${place}: erwartet ${expected}, gefunden ${got}`,
    more: (count) => `und ${count} weitere`,
    oneOfShapes: (count) => `eine von ${count} Formen`,
    exactlyOneOf: (count) => `genau eine von ${count} Formen`,
    severalMatch: 'mehrere passende',
    nearest: (lines) => ` (am nächsten: ${lines})`,
    requiredKey: 'ein Wert (Pflichtschlüssel)',
    requiredBeside: (key) => `ein Wert (Pflicht neben „${key}“)`,
    noSuchKey: 'kein solcher Schlüssel',
    otherKeyName: 'ein anderer Schlüsselname',
    oneOf: (values) => `eines von ${values}`,
    types: (names) => names.map((name) => germanTypes[name] ?? name).join(' oder '),
    stringOf: (length) => `Zeichenkette der Länge ${length}`,
    arrayOf: (length) => `Liste der Länge ${length}`,
    objectOf: (keys) => `Objekt mit ${keys} Schlüsseln`,
    nothing: 'nichts',
  },
};
