import { describe, expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

/** Work that ends when the test says so. */
function createWork() {
  const begun: number[] = [];
  const endings = new Map<number, PromiseWithResolvers<void>>();
  const work = (item: number) => {
    begun.push(item);
    const ending = Promise.withResolvers<void>();
    endings.set(item, ending);
    return ending.promise;
  };
  const settle = async (item: number, error?: Error) => {
    if (error) endings.get(item)?.reject(error);
    else endings.get(item)?.resolve();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return { begun, work, settle };
}

describe('inParallel', () => {
  it('begins at most as many as allowed and the next when one ends', async () => {
    const { begun, work, settle } = createWork();
    const all = inParallel([1, 2, 3, 4], 2, work);
    expect(begun).toEqual([1, 2]);
    await settle(2);
    expect(begun).toEqual([1, 2, 3]);
    await settle(1);
    await settle(3);
    await settle(4);
    await all;
    expect(begun).toEqual([1, 2, 3, 4]);
  });

  it('begins nothing more after an error, waits for what runs, and rejects with the first', async () => {
    const { begun, work, settle } = createWork();
    const all = inParallel([1, 2, 3, 4], 2, work);
    let rejected = false;
    const watched = all.catch((thrown: unknown) => {
      rejected = true;
      throw thrown;
    });
    await settle(1, new Error('first'));
    expect(rejected).toBe(false);
    await settle(2, new Error('second'));
    await expect(watched).rejects.toThrow('first');
    expect(begun).toEqual([1, 2]);
  });

  it('treats work that throws at once like work that rejects', async () => {
    const throwAtOnce = () => {
      throw new Error('at once');
    };
    await expect(inParallel([1, 2], 2, throwAtOnce)).rejects.toThrow('at once');
  });

  it.each([0, 1, 100])('does everything once with a limit of %i', async (limit) => {
    const done: number[] = [];
    await inParallel([1, 2, 3], limit, async (item) => void done.push(item));
    expect(done).toEqual([1, 2, 3]);
  });

  it('ends at once when there is nothing to do', async () => {
    await expect(inParallel([], 4, () => Promise.reject(new Error('never called')))).resolves.toBeUndefined();
  });
});
