import { Buffer } from 'node:buffer';
import { parsedJson } from '../../core/parsed-json.ts';
import type { SoughtText, StoredEntry } from './crypto-device.ts';

export interface FoundSecret {
  readonly what: string;
  readonly place: string;
}

/** Which secrets stand where, each place once: as text, as its bytes, or packed in base64 or JSON, as databases keep it. */
export function secretsIn(entries: readonly StoredEntry[], secrets: readonly SoughtText[]): readonly FoundSecret[] {
  const found = entries.flatMap(({ place, text }) => {
    const texts = unpacked(text);
    return secrets
      .filter((secret) => formsOf(secret).some((form) => texts.some((one) => one.includes(form))))
      .map(({ what }) => ({ what, place }));
  });
  return [...new Map(found.map((one) => [`${one.what} ${one.place}`, one])).values()];
}

/** Shorter ones would turn up by chance. */
const shortestBytes = 16;

function formsOf({ what, value }: SoughtText): readonly string[] {
  if (value.length < shortestBytes) throw new RangeError(`${what} is too short to be searched for`);
  const bytes = isBase64(value) ? latin1(value) : '';
  return bytes.length < shortestBytes ? [value] : [value, bytes];
}

const isBase64 = (text: string) => /^[A-Za-z0-9+/]+={0,2}$/.test(text);

const latin1 = (base64: string) => Buffer.from(base64, 'base64').toString('latin1');

const depth = 3;

/** The text and all that is packed in it. */
function unpacked(text: string, level = 0): readonly string[] {
  if (level === depth) return [text];
  const parts = text.match(/[A-Za-z0-9+/]{40,}={0,2}/g) ?? [];
  const inner = parts.map(latin1).flatMap((part) => {
    const value = parsedJson(part);
    return unpacked(value === undefined ? part : spelled(value), level + 1);
  });
  return [text, ...inner];
}

/** All texts of a JSON value; lists of bytes as one character each. */
function spelled(value: unknown): string {
  if (Array.isArray(value)) return value.every(isByte) ? String.fromCharCode(...value) : value.map(spelled).join('\n');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value).map(spelled).join('\n');
}

const isByte = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 256;
