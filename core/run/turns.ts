/** Does the work as soon as it is its turn; resolves or rejects with it. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** At most `limit` works at a time; whoever asked last comes first, so that what was begun ends before more is begun. */
export function createTurns(limit: number): Turn {
  const waiting: (() => void)[] = [];
  let free = Math.max(1, limit);
  return async (work) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = waiting.pop();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
