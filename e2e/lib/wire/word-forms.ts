import { Buffer } from 'node:buffer';
import type { Layer } from './layers.ts';

/** Ways in which the same word may travel. */
export type WordFormName =
  | 'plain'
  | 'jsonEscaped'
  | 'percentEncoded'
  | 'base64'
  | 'base64Url'
  | 'hex'
  | 'utf16'
  /** In any of the other forms, inside something compressed. */
  | 'compressed';

export interface WordForm {
  readonly name: WordFormName;
  /** Lower case unless the form distinguishes case. */
  readonly text: string;
  readonly ignoreCase: boolean;
}

/** Every form of the word that a search has to look for. Long words only: short ones turn up by chance in base64. */
export function formsOf(word: string): readonly WordForm[] {
  if (word.length < 12) throw new RangeError(`"${word}" is too short to be searched for; use at least 12 characters`);
  const folded = (name: WordFormName, text: string) => ({ name, text: text.toLowerCase(), ignoreCase: true });
  const exact = (name: WordFormName, text: string) => ({ name, text, ignoreCase: false });
  const base64 = [0, 1, 2].map((offset) => base64Core(word, offset));
  return [
    folded('plain', word),
    folded('jsonEscaped', jsonEscaped(word)),
    folded('percentEncoded', percentEncoded(word)),
    folded('hex', Buffer.from(word).toString('hex')),
    folded('utf16', bytewise(Buffer.from(word, 'utf16le'))),
    folded('utf16', bytewise(Buffer.from(word, 'utf16le').swap16())),
    ...base64.map((text) => exact('base64', text)),
    ...base64.filter((text) => /[+/]/.test(text)).map((text) => exact('base64Url', urlSafe(text))),
  ];
}

/** The forms in which the word stands in the text. */
export function formsIn(text: string, forms: readonly WordForm[]): readonly WordFormName[] {
  const lower = text.toLowerCase();
  const found = forms.filter((form) => (form.ignoreCase ? lower : text).includes(form.text));
  return [...new Set(found.map(({ name }) => name))];
}

/** The forms in which the word stands in any of the layers. */
export const formsInLayers = (layers: readonly Layer[], forms: readonly WordForm[]): readonly WordFormName[] => [
  ...new Set(layers.flatMap((layer) => formsInLayer(layer, forms))),
];

function formsInLayer({ text, isCompressed }: Layer, forms: readonly WordForm[]): readonly WordFormName[] {
  const found = formsIn(text, forms);
  return isCompressed && found.length > 0 ? ['compressed'] : found;
}

/** One character for each byte, as layers hold bytes that are no UTF-8. */
const bytewise = (bytes: Buffer) => bytes.toString('latin1');

const jsonEscaped = (word: string) =>
  Array.from({ length: word.length }, (_, index) => `\\u${hexPadded(word.charCodeAt(index), 4)}`).join('');

const percentEncoded = (word: string) => [...Buffer.from(word)].map((byte) => `%${hexPadded(byte, 2)}`).join('');

const hexPadded = (value: number, digits: number) => value.toString(16).padStart(digits, '0');

/** The characters of the base64 text that depend on the word alone when `offset` other bytes stand before it. */
function base64Core(word: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(word)]);
  const text = bytes.toString('base64').replace(/=+$/, '');
  const start = Math.ceil((offset * 8) / 6);
  return text.slice(start, Math.floor((bytes.length * 8) / 6));
}

const urlSafe = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_');
