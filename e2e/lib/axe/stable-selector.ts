/** What is made anew in every run, and what stands for it. */
const changing: readonly (readonly [pattern: RegExp, stable: string])[] = [
  // Ids of rooms, people and events, also escaped as in a CSS name.
  [/(?:\\?[!$@]|\\(?:24|21|40) ?)[\w.=~/+-]{6,}(?:\\?:[\w.-]+(?:\\?:\d+)?)?/g, '…'],
  [/https?:\\?\/\\?\/(?:\[[^\]]*\]|localhost|[\d.]+)(?:\\?:\d+)?/g, '…'],
  [/\b(?:bench|person)-[a-z0-9]+-[a-z0-9]+\b/g, '…'],
  // Counters of generated ids, hashes of style modules, and colours chosen by a person's id.
  [/([_-])\d+\b/g, '$1…'],
  [/="\d+"/g, '="…"'],
  [/\\:r[0-9a-z]+\\:/g, '…'],
];

/** The same element keeps the same selector over runs. */
export function stableSelector(selector: string): string {
  return changing.reduce((text, [pattern, stable]) => text.replace(pattern, stable), selector);
}
