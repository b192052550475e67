import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

test('lets no more work at a time than allowed, and all of it in the end', async () => {
  const turn = createTurns(2);
  let running = 0;
  let most = 0;
  const work = async (name: number) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running -= 1;
    return name;
  };
  expect(await Promise.all([1, 2, 3, 4, 5].map((name) => turn(() => work(name))))).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

test('what fails gives its turn to the next', async () => {
  const turn = createTurns(1);
  await expect(turn(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await turn(async () => 'next')).toBe('next');
});
