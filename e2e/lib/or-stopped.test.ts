import { describe, expect, it } from 'vitest';
import { orStopped } from './or-stopped.ts';

const never = new Promise<string>(() => {});

describe('orStopped', () => {
  it('gives the result of work that ends by itself', async () => {
    expect(await orStopped(Promise.resolve('done'), new AbortController().signal)).toBe('done');
  });

  it('does not wait for work that goes on when it is stopped, before or after it began', async () => {
    const end = new AbortController();
    const waiting = orStopped(never, end.signal);
    end.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
    await expect(orStopped(never, end.signal)).rejects.toMatchObject({ code: 'interrupted' });
  });
});
