import { isJsonObject, type JsonObject } from '../json.ts';
import { valueAtPointer } from '../json-pointer.ts';
import { nearestKey } from './nearest-key.ts';

const urlKeys = new Set(['/homeserverUrl', '/clientUrl', '/adminUrl']);

/** Says in words what a pattern for URLs means, and shows where the URL leads without user, path or query. */
export function readableLine(line: string, data: unknown): string {
  const pointer = pointerOf(line);
  if (!urlKeys.has(pointer) || !line.includes(': expected pattern')) return line;
  return `${pointer}: expected an https URL, or http on a loopback address, got ${originOf(valueAtPointer(data, pointer))}`;
}

/** What to do about a problem, taken from the schema's description of the key. */
export function adviceFor(line: string, schema: object): string {
  const pointer = pointerOf(line);
  const parent = pointer.slice(0, Math.max(pointer.lastIndexOf('/'), 0));
  if (isUnknownKey(line)) return unknownKeyAdvice(pointer, parent, schema);
  const described = [pointer, parent].map((place) => schemaAt(place, schema)?.['description']);
  const description = described.find((text) => typeof text === 'string');
  return description === undefined
    ? `; correct it or make a new file with "pruefstand init"`
    : `; write here: ${description}`;
}

export function isUnknownKey(line: string): boolean {
  return line.startsWith(`${pointerOf(line)}: expected no such key`);
}

function unknownKeyAdvice(pointer: string, parent: string, schema: object): string {
  const properties = schemaAt(parent, schema)?.['properties'];
  const known = isJsonObject(properties) ? Object.keys(properties) : [];
  const meant = nearestKey(pointer.slice(parent.length + 1), known);
  return meant === undefined ? `; remove it, known keys are ${known.join(', ')}` : `; did you mean "${meant}"?`;
}

function pointerOf(line: string): string {
  return /^(\/.*?): expected/.exec(line)?.[1] ?? '';
}

/** The rule for one place of a file. Descriptions stand beside a $ref and win over what it leads to. */
export function schemaAt(pointer: string, root: object): JsonObject | undefined {
  const steps = pointer.split('/').slice(1);
  return steps.reduce<JsonObject | undefined>((schema, step) => {
    const properties = schema?.['properties'];
    const found = isJsonObject(properties) ? properties[step] : schema?.['items'];
    if (!isJsonObject(found) || typeof found['$ref'] !== 'string') return isJsonObject(found) ? found : undefined;
    const target = valueAtPointer(root, found['$ref'].slice(1));
    return isJsonObject(target) ? { ...target, ...found } : found;
  }, root as JsonObject);
}

function originOf(url: unknown): string {
  const parsed = typeof url === 'string' ? URL.parse(url) : null;
  return parsed === null ? 'no URL' : `${parsed.protocol}//${parsed.host}`;
}
