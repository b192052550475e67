export interface Place {
  /** Keys and indexes from the root. */
  readonly path: readonly (string | number)[];
  readonly keys: readonly string[];
}

/** Every object anywhere in a JSON value, the value itself first. */
export function objectsWithin(value: unknown, path: Place['path'] = []): readonly Place[] {
  if (Array.isArray(value)) return value.flatMap((inner, index) => objectsWithin(inner, [...path, index]));
  if (value === null || typeof value !== 'object') return [];
  const inner = Object.entries(value).flatMap(([key, member]) => objectsWithin(member, [...path, key]));
  return [{ path, keys: Object.keys(value) }, ...inner];
}

/** A copy in which the object at the path was changed in place. */
export function changedAt<T>(value: T, path: Place['path'], change: (object: Record<string, unknown>) => void): T {
  const copy = structuredClone(value);
  const object = path.reduce<unknown>((inner, step) => Object(inner)[step], copy);
  change(object as Record<string, unknown>);
  return copy;
}
