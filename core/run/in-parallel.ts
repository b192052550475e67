/**
 * Works through `items` with at most `limit` at a time. After an error nothing more is begun; rejects with the first
 * error once running work has settled.
 */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const errors: unknown[] = [];
  const worker = async () => {
    for (const item of queue) {
      if (errors.length > 0) return;
      try {
        await work(item);
      } catch (thrown) {
        errors.push(thrown);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, worker));
  if (errors.length > 0) throw errors[0];
}

/** The same, but what keeps the target busy comes after all others, one at a time. */
export async function inParallelUnlessAlone<T>(
  items: readonly T[],
  { limit, isAlone }: { readonly limit: number; isAlone(item: T): boolean },
  work: (item: T) => Promise<void>,
): Promise<void> {
  const { beside = [], alone = [] } = Object.groupBy(items, (item) => (isAlone(item) ? 'alone' : 'beside'));
  await inParallel(beside, limit, work);
  await inParallel(alone, 1, work);
}
