/** Below zero when a is older than b; missing places count as 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map((place) => Number.parseInt(place, 10) || 0));
  const places = Math.max(left?.length ?? 0, right?.length ?? 0);
  for (let index = 0; index < places; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export const isAtLeast = (version: string, wanted: string): boolean => compareVersions(version, wanted) >= 0;

/** The first thing in a program's words that looks like a version. */
export function versionIn(words: string): string | undefined {
  return /\d+(?:\.\d+)+/.exec(words)?.[0];
}
