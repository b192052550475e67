import { isJsonObject } from '../../schemas/json.ts';
import { escapePointerStep } from '../../schemas/json-pointer.ts';
import type { JsonPath } from '../lib/json.ts';
import { kindOfIdentifier } from './identifiers.ts';

/** A value somewhere in an answer. */
export interface JsonNode {
  readonly path: JsonPath;
  readonly value: unknown;
  /** The path without what differs from run to run. */
  readonly pattern: string;
}

/** Every value with all it consists of, the root first. */
export function* nodesOf(value: unknown, path: JsonPath = [], pattern = ''): Generator<JsonNode> {
  yield { path, value, pattern };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      yield* nodesOf(item, [...path, index], `${pattern}/${entryName(item)}`);
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) yield* nodesOf(value[key], [...path, key], `${pattern}/${keyName(key)}`);
  }
}

/** Entries of different types are different things. */
function entryName(item: unknown): string {
  const type = isJsonObject(item) ? item['type'] : undefined;
  return typeof type === 'string' ? `[${escapePointerStep(type)}]` : '[]';
}

/** Keys that are data: identifiers, devices, names of keys of devices. */
function keyName(key: string): string {
  if (kindOfIdentifier(key) !== undefined || /^[A-Z]{10}$/.test(key)) return '*';
  return escapePointerStep(key.replace(/^([a-z0-9_]+):.+$/, '$1:*'));
}
