/** One setting of the reference deployment and where its value comes from. */
export interface Setting {
  /** Path in the homeserver configuration, parts joined by dots. */
  readonly key: string;
  readonly value: Json;
  /** A key of the chart's published values, or another public source. */
  readonly source: string;
  /** Set where the value is not the published one, with the reason. */
  readonly departure?: string;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Nested configuration from dotted paths; a later setting wins. */
export function nested(settings: readonly Pick<Setting, 'key' | 'value'>[]): Record<string, Json> {
  const root: Record<string, Json> = {};
  for (const { key, value } of settings) {
    const parts = key.split('.');
    const last = parts.pop() ?? key;
    let place = root;
    for (const part of parts) place = branch(place, part);
    place[last] = value;
  }
  return root;
}

function branch(place: Record<string, Json>, part: string): Record<string, Json> {
  const there = place[part];
  const next: Record<string, Json> = there !== undefined && isBranch(there) ? { ...there } : {};
  place[part] = next;
  return next;
}

function isBranch(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
