import { isJsonObject, type JsonObject } from '../../schemas/json.ts';

/** Steps from the root of a JSON document. */
export type JsonPath = readonly (string | number)[];

/** Reads what a target answered without believing anything about its shape; undefined when any step is missing. */
export function valueAt(json: unknown, path: JsonPath): unknown {
  let value = json;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

export function stringAt(json: unknown, path: JsonPath): string | undefined {
  const value = valueAt(json, path);
  return typeof value === 'string' ? value : undefined;
}

export function numberAt(json: unknown, path: JsonPath): number | undefined {
  const value = valueAt(json, path);
  return typeof value === 'number' ? value : undefined;
}

export function objectAt(json: unknown, path: JsonPath): JsonObject {
  const value = valueAt(json, path);
  return isJsonObject(value) ? value : {};
}

export function arrayAt(json: unknown, path: JsonPath): readonly unknown[] {
  const value = valueAt(json, path);
  return Array.isArray(value) ? value : [];
}

/** A copy with another value there; objects on the way are made where they are missing. */
export function withValueAt(json: unknown, path: JsonPath, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(json)) return json.map((item, index) => (index === step ? withValueAt(item, rest, value) : item));
  const object = isJsonObject(json) ? json : {};
  return { ...object, [step]: withValueAt(object[step], rest, value) };
}

/** A copy without the last step of the path. */
export function withoutValueAt(json: unknown, path: JsonPath): unknown {
  const last = path.at(-1);
  const parent = valueAt(json, path.slice(0, -1));
  if (last === undefined || !isJsonObject(parent)) return json;
  return withValueAt(
    json,
    path.slice(0, -1),
    Object.fromEntries(Object.entries(parent).filter(([key]) => key !== last)),
  );
}

/** Equal for equal content, whatever the order of keys: Matrix canonical JSON, also the text that is signed. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted(byCodePoint)
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
}

// The default order compares UTF-16 units, which differs beyond the basic plane.
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
