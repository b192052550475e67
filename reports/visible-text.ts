/**
 * Characters that act instead of being read: control characters (terminal escapes, and what XML forbids), marks that
 * turn the reading direction, invisible separators, halves of characters. A target may answer any of them.
 */
const acting =
  /(?![\n\t])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** Shows them by their number, e.g. ⟨U+202E⟩; everything else stays as it is. */
export const visibleText = (text: string): string =>
  text.replace(acting, (character) => `⟨U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}⟩`);

/** The same for every string anywhere in plain data. */
export function visibleIn<T>(data: T): T {
  return visibleCopy(data) as T;
}

function visibleCopy(data: unknown): unknown {
  if (typeof data === 'string') return visibleText(data);
  if (Array.isArray(data)) return data.map(visibleCopy);
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [visibleText(key), visibleCopy(value)]));
}
