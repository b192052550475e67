/** The value of the first call, kept for all later ones. */
export function once<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}

/** The value of the first call for each key. */
export function oncePer<K, T>(compute: (key: K) => T): (key: K) => T {
  const kept = new Map<K, T>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined || kept.has(key)) return known as T;
    const value = compute(key);
    kept.set(key, value);
    return value;
  };
}
