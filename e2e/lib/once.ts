/** Starts the work at the first call; every call gets the same result. */
export function once<T>(work: () => T): () => T {
  let started: { readonly result: T } | undefined;
  return () => {
    started ??= { result: work() };
    return started.result;
  };
}
