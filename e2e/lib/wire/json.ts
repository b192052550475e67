import { isJsonObject, type JsonObject } from '../alteration.ts';

/** The members of what may be no object at all. */
export const membersOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  Object.entries(isJsonObject(value) ? value : {});

/** What lies at the end of the path; undefined where it leads nowhere. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);

export const objectsIn = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];
